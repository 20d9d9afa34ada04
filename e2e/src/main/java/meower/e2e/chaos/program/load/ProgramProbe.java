package meower.e2e.chaos.program.load;

import java.util.List;
import java.util.Set;
import meower.e2e.chaos.load.Probe.Duty;
import meower.e2e.chaos.program.load.ProgramClient.Call;

/**
 * Finds out whether queues and presence do their work, in all instances: several times one after
 * the other, as the proxy asks them in turn.
 */
final class ProgramProbe {

  private static final int ROUNDS = 3;

  /** It is offline. */
  private static final Set<String> OBJECT = Set.of("1");

  private final ProgramClient client;
  private final Sightings sightings;
  private final String queue;

  /**
   * @param queue of its own, its path
   */
  ProgramProbe(ProgramClient client, Sightings sightings, String queue) {
    this.client = client;
    this.sightings = sightings;
    this.queue = queue;
  }

  List<Duty> duties() {
    return List.of(
        new Duty("a message does not come back from its queue", () -> inAll(this::comesBack)),
        new Duty(
            "who is here is not known",
            () -> inAll(() -> sightings.report(OBJECT) && sightings.read())));
  }

  private interface Round {
    boolean isDone() throws InterruptedException;
  }

  private static boolean inAll(Round round) throws InterruptedException {
    for (int i = 0; i < ROUNDS; i++) {
      if (!round.isDone()) {
        return false;
      }
    }
    return true;
  }

  private boolean comesBack() throws InterruptedException {
    if (client.call(Call.text(queue + "/publish", "probe"), Set.of(201)).isEmpty()) {
      return false;
    }
    var fetched = client.call(Call.post(queue + "/fetch?wait=2s&lease=10s"), Set.of(200));
    if (fetched.isEmpty() || fetched.get().json().get("messages").isEmpty()) {
      return false;
    }
    String lease = fetched.get().json().get("messages").get(0).get("lease").stringValue();
    return client.call(Call.post(queue + "/acknowledge/" + lease), Set.of(204, 404)).isPresent();
  }
}
