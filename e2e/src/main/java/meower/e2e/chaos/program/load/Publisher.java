package meower.e2e.chaos.program.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import meower.e2e.chaos.load.Pause;
import meower.e2e.chaos.program.history.Publication;
import meower.e2e.chaos.program.history.QueueHistory;
import meower.e2e.chaos.program.load.ProgramClient.Call;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes one thing after the other into a queue, alone or several together, and repeats each
 * with its key until it is answered with 201; sometimes once more.
 */
final class Publisher {

  private static final int CREATED = 201;
  private static final double BATCHES = 0.2;
  private static final double ONCE_MORE = 0.05;
  private static final int MOST_AT_ONCE = 5;

  private final ProgramClient client;
  private final QueueHistory history;
  private final String queue;
  private final Duration pause;
  private final AtomicInteger numbers;

  /**
   * @param queue its path
   * @param pause between two publications
   * @param numbers counts what is published into this queue, by whomever
   */
  Publisher(
      ProgramClient client,
      QueueHistory history,
      String queue,
      Duration pause,
      AtomicInteger numbers) {
    this.client = client;
    this.history = history;
    this.queue = queue;
    this.pause = pause;
    this.numbers = numbers;
  }

  void run(BooleanSupplier goesOn) throws InterruptedException {
    while (goesOn.getAsBoolean()) {
      var random = ThreadLocalRandom.current();
      int count = random.nextDouble() < BATCHES ? random.nextInt(2, MOST_AT_ONCE + 1) : 1;
      var bodies = bodies(count);
      var publication = new Publication(bodies, bodies.getFirst().replace(' ', '-'));
      history.publishing(publication);
      for (int tries = 0; !attempt(publication); tries++) {
        Pause.backoff(tries);
      }
      if (random.nextDouble() < ONCE_MORE) {
        attempt(publication);
      }
      Pause.about(pause);
    }
  }

  private List<String> bodies(int count) {
    return Stream.generate(() -> history.queue() + " " + numbers.incrementAndGet())
        .limit(count)
        .toList();
  }

  private boolean attempt(Publication publication) throws InterruptedException {
    publication.sending(System.nanoTime());
    var answer = client.call(call(publication), Set.of(CREATED));
    answer.ifPresent(created ->
        publication.published(
            created.json().get("ids").valueStream().map(id -> id.stringValue()).toList(),
            System.nanoTime()));
    return answer.isPresent();
  }

  private Call call(Publication publication) {
    var bodies = publication.bodies();
    var call =
        bodies.size() == 1
            ? Call.text(queue + "/publish", bodies.getFirst())
            : Call.json(
                "POST",
                queue + "/publish/batch",
                JsonMapper.shared()
                    .writeValueAsString(
                        Map.of(
                            "messages",
                            bodies.stream().map(body -> Map.of("body", body)).toList())));
    return call.withKey(publication.key());
  }
}
