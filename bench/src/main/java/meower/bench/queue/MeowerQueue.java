package meower.bench.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meower.bench.http.Conversation;
import meower.bench.http.Fields;
import meower.bench.http.HttpResult;
import meower.bench.http.Posted;
import meower.bench.program.Payload;
import meower.bench.program.Program;
import meower.bench.queue.peer.HttpQueue;

/** A queue of Meower, through nginx. */
final class MeowerQueue implements HttpQueue {

  private static final String QUEUE = "bench";
  private static final Fields LEASES = new Fields("lease");

  private final Program program;
  private final int size;

  /**
   * @param size how many messages at once
   */
  MeowerQueue(Program program, int size) {
    this.program = program;
    this.size = size;
  }

  @Override
  public String name() {
    return "Meower: through nginx" + (size == 1 ? "" : ", by " + size);
  }

  @Override
  public int port() {
    return program.nginx();
  }

  @Override
  public void prepare() throws Exception {
    program.define(QUEUE, "{}");
  }

  @Override
  public void clear() throws Exception {
    program.remove(QUEUE);
  }

  @Override
  public Conversation cycles() {
    return new Cycles();
  }

  /** Returns a request that publishes one message which is made now. */
  ByteBuffer publish() {
    return call("publish", "Content-Type: text/plain\r\n", Payload.now());
  }

  /** Returns a request that waits for a message. */
  ByteBuffer fetch(int seconds) {
    return call("fetch?max=%d&wait=%ds".formatted(size, seconds), "", "");
  }

  /** Returns a request that acknowledges what was fetched with an answer. */
  ByteBuffer acknowledge(List<String> leases) {
    return size == 1
        ? call("acknowledge/" + leases.getFirst(), "", "")
        : call(
            "acknowledge",
            Posted.json(),
            leases.stream()
                .map(lease -> "\"" + lease + "\"")
                .collect(Collectors.joining(",", "{\"leases\":[", "]}")));
  }

  /** Returns the leases of the messages of an answer. */
  static List<String> leases(byte[] answer) {
    return LEASES.in(answer);
  }

  /** Fails when it was not acknowledged. */
  static void requireDone(int status, byte[] answer) {
    String text = new String(answer, StandardCharsets.UTF_8);
    boolean all = text.contains("\"lost\":[]") && text.contains("\"gone\":[]");
    if (status != 204 && !(status == 200 && all)) {
      throw unexpected(status, answer);
    }
  }

  /** Fails when it is another status. */
  static void require(int expected, int status, byte[] answer) {
    if (status != expected) {
      throw unexpected(status, answer);
    }
  }

  private static IllegalStateException unexpected(int status, byte[] answer) {
    return new IllegalStateException(
        "Meower: " + status + " " + new String(answer, StandardCharsets.UTF_8));
  }

  private ByteBuffer call(String action, String headers, String body) {
    return Posted.to(
        port(), "/queues/" + QUEUE + "/" + action, program.authorization() + headers, body);
  }

  private ByteBuffer publishAll() {
    return call(
        "publish/batch",
        Posted.json(),
        Stream.generate(() -> "{\"body\":\"" + Payload.now() + "\"}")
            .limit(size)
            .collect(Collectors.joining(",", "{\"messages\":[", "]}")));
  }

  private enum Step {
    PUBLISH,
    FETCH,
    ACKNOWLEDGE
  }

  private final class Cycles implements Conversation {

    private Step step = Step.PUBLISH;
    private List<String> leases = List.of();

    @Override
    public ByteBuffer next() {
      return switch (step) {
        case PUBLISH -> size == 1 ? publish() : publishAll();
        case FETCH -> fetch(1);
        case ACKNOWLEDGE -> acknowledge(leases);
      };
    }

    @Override
    public int answered(int status, byte[] body) {
      if (status == HttpResult.UNAVAILABLE) {
        return 0; // asks again, as a worker does; how often is told
      }
      return switch (step) {
        case PUBLISH -> {
          require(201, status, body);
          step = Step.FETCH;
          yield 0;
        }
        case FETCH -> {
          require(200, status, body);
          leases = leases(body);
          step = leases.isEmpty() ? Step.FETCH : Step.ACKNOWLEDGE;
          yield 0;
        }
        case ACKNOWLEDGE -> {
          requireDone(status, body);
          step = Step.PUBLISH;
          yield leases.size();
        }
      };
    }
  }
}
