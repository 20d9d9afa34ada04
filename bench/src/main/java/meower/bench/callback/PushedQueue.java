package meower.bench.callback;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import meower.bench.program.Payload;
import meower.bench.program.Program;

/** A queue whose messages are brought to a receiver. It is gone when it is closed. */
final class PushedQueue implements AutoCloseable {

  static final int IN_FLIGHT = 64;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final long LOOK_MILLIS = 20;

  private final Program program;
  private final String name;

  private PushedQueue(Program program, String name) {
    this.program = program;
    this.name = name;
  }

  /** Makes it, and returns when the receiver has answered the challenge. */
  static PushedQueue to(Receiver receiver, String name, Program program)
      throws IOException, InterruptedException {
    program.define(
        name,
        "{\"push\":{\"url\":\"%s\",\"max_in_flight\":%d}}".formatted(receiver.url(), IN_FLIGHT));
    long end = System.nanoTime() + TIMEOUT.toNanos();
    String state = "";
    while (!state.equals("ok")) {
      if (System.nanoTime() > end) {
        program.remove(name);
        throw new IOException("the receiver of " + name + " is " + state + ", and not ok");
      }
      Thread.sleep(LOOK_MILLIS);
      state = program.get("/queues/" + name).path("push").path("state").asString();
    }
    return new PushedQueue(program, name);
  }

  /** Publishes so many at once. */
  void publish(int count) throws IOException, InterruptedException {
    String message = "{\"body\":\"" + Payload.now() + "\"}";
    program.post(
        path() + "/batch",
        "{\"messages\":[" + String.join(",", Collections.nCopies(count, message)) + "]}");
  }

  /** Returns where single ones are published. */
  String path() {
    return "/queues/" + name + "/publish";
  }

  @Override
  public void close() throws IOException {
    try {
      program.remove(name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
