package meower.e2e.chaos.program.load;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import meower.e2e.chaos.load.Pause;
import meower.e2e.chaos.program.history.PresenceHistory;
import meower.e2e.chaos.program.history.PresenceHistory.Read;
import meower.e2e.chaos.program.history.PresenceHistory.Report;
import meower.e2e.chaos.program.load.ProgramClient.Call;

/** Reports what it hears of, each report once, and reads who is here. */
final class Sightings {

  private static final int OK = 200;
  private static final int ACCEPTED = 202;

  /** So many different ones at most are in a report. */
  private static final int AT_ONCE = 5;

  /** So that each is reported every 20 s on average: some stay, some leave. */
  private static final int SECONDS = 20;

  private static final Duration READ_PAUSE = Duration.ofMillis(200);

  private final ProgramClient client;
  private final PresenceHistory history;
  private final String program;
  private final int objects;
  private final Duration pause;

  Sightings(ProgramClient client, PresenceHistory history, String program, int sightingsPerSecond) {
    this.client = client;
    this.history = history;
    this.program = program;
    this.objects = Math.max(AT_ONCE, SECONDS * sightingsPerSecond);
    this.pause = Duration.ofSeconds(AT_ONCE).dividedBy(sightingsPerSecond);
  }

  void report(BooleanSupplier goesOn) throws InterruptedException {
    while (goesOn.getAsBoolean()) {
      report(
          ThreadLocalRandom.current()
              .ints(AT_ONCE, 0, objects)
              .mapToObj(String::valueOf)
              .collect(Collectors.toSet()));
      Pause.about(pause);
    }
  }

  /** Returns whether it was accepted. */
  boolean report(Set<String> ids) throws InterruptedException {
    long sentAt = System.nanoTime();
    var answer =
        client.call(
            Call.json("POST", "/callback", "{\"object_ids\":[" + String.join(",", ids) + "]}"),
            Set.of(ACCEPTED));
    history.add(new Report(ids, sentAt, System.nanoTime(), answer.isPresent()));
    return answer.isPresent();
  }

  void read(BooleanSupplier goesOn) throws InterruptedException {
    while (goesOn.getAsBoolean()) {
      read();
      Pause.about(READ_PAUSE);
    }
  }

  /** Returns whether there was an answer. */
  boolean read() throws InterruptedException {
    long sentAt = System.nanoTime();
    var answer = client.call(Call.get("/presence/" + program), Set.of(OK));
    answer.ifPresent(here ->
        history.add(
            new Read(
                here.json()
                    .get("objects")
                    .valueStream()
                    .map(object -> object.get("id").stringValue())
                    .collect(Collectors.toSet()),
                sentAt,
                System.nanoTime())));
    return answer.isPresent();
  }
}
