package meower.e2e.chaos.program.load;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import meower.e2e.chaos.load.Answer;
import meower.e2e.chaos.load.Pause;
import meower.e2e.chaos.program.history.QueueEnd;
import meower.e2e.chaos.program.load.ProgramClient.Call;
import tools.jackson.databind.JsonNode;

/** What the owner of queues does before and after: defines them, and looks what is in them. */
final class QueueDesk {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Set<Integer> RIGHT = Set.of(200, 201);

  private final ProgramClient client;

  QueueDesk(ProgramClient client) {
    this.client = client;
  }

  /**
   * Defines a queue.
   *
   * @param definition in JSON
   */
  JsonNode define(String queue, String definition) throws IOException, InterruptedException {
    return insist(Call.json("PUT", queue, definition)).json();
  }

  /** Has the receiver of a queue called at once. */
  void resume(String queue) throws IOException, InterruptedException {
    insist(Call.post(queue + "/push/resume"));
  }

  boolean isVerified(String queue) throws IOException, InterruptedException {
    return insist(Call.get(queue)).json().get("push").get("state").stringValue().equals("ok");
  }

  /** How many messages are in a queue, whoever has them. */
  long left(String queue) throws IOException, InterruptedException {
    var state = insist(Call.get(queue)).json();
    return state.get("ready").longValue()
        + state.get("leased").longValue()
        + state.get("delayed").longValue();
  }

  QueueEnd end(String queue) throws IOException, InterruptedException {
    var dead = new HashSet<String>();
    String next = queue + "/dead-letters?take=500";
    while (!next.isEmpty()) {
      var page = insist(Call.get(next)).json();
      page.get("dead_letters").forEach(letter -> dead.add(letter.get("id").stringValue()));
      next =
          page.has("next")
              ? queue + "/dead-letters?take=500&before=" + page.get("next").stringValue()
              : "";
    }
    return new QueueEnd(dead, left(queue));
  }

  /** Repeats what changes nothing more when it is repeated. */
  private Answer insist(Call call) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (int tries = 0; System.nanoTime() - deadline < 0; tries++) {
      var answer = client.call(call, RIGHT);
      if (answer.isPresent()) {
        return answer.get();
      }
      Pause.backoff(tries);
    }
    throw new IOException(call.method() + " " + call.path() + " is not answered");
  }
}
