package meower.bench.queue.peer;

import static java.net.http.HttpClient.Version.HTTP_1_1;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import meower.bench.http.Conversation;
import meower.bench.http.Fields;
import meower.bench.http.Posted;
import meower.bench.program.Payload;

/** A queue of ElasticMQ, in the JSON protocol of SQS. */
public final class SqsQueue implements HttpQueue {

  /** More than ten SQS does not take. */
  public static final int MOST = 10;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String NAME = "bench";
  private static final Fields RECEIPTS = new Fields("ReceiptHandle");
  private static final Fields DONE = new Fields("Id");
  private static final String PROTOCOL = "application/x-amz-json-1.0";

  private final ElasticMqServer server;
  private final int size;

  /**
   * @param size how many messages at once, 1 to {@link #MOST}
   */
  public SqsQueue(ElasticMqServer server, int size) {
    this.server = server;
    this.size = size;
  }

  @Override
  public String name() {
    return "ElasticMQ: SQS over HTTP, in memory" + (size == 1 ? "" : ", by " + size);
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public void prepare() throws Exception {
    call("CreateQueue", "{\"QueueName\":\"%s\"}".formatted(NAME));
  }

  @Override
  public void clear() throws Exception {
    call("DeleteQueue", "{\"QueueUrl\":\"%s\"}".formatted(url()));
  }

  @Override
  public Conversation cycles() {
    return new Cycles();
  }

  private void call(String action, String body) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HTTP_1_1).build()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/"))
              .timeout(TIMEOUT)
              .header("Content-Type", PROTOCOL)
              .header("X-Amz-Target", "AmazonSQS." + action)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(action + ": " + answer.statusCode() + " " + answer.body());
      }
    }
  }

  private String url() {
    return "http://localhost:" + port() + "/000000000000/" + NAME;
  }

  private enum Step {
    PUBLISH,
    FETCH,
    ACKNOWLEDGE
  }

  private final class Cycles implements Conversation {

    private Step step = Step.PUBLISH;
    private List<String> receipts = List.of();

    @Override
    public ByteBuffer next() {
      return switch (step) {
        case PUBLISH -> size == 1 ? action("SendMessage", message()) : batch("SendMessageBatch");
        case FETCH ->
            action(
                "ReceiveMessage",
                "\"MaxNumberOfMessages\":%d,\"WaitTimeSeconds\":1".formatted(size));
        case ACKNOWLEDGE ->
            size == 1
                ? action("DeleteMessage", receipt(receipts.getFirst()))
                : batch("DeleteMessageBatch");
      };
    }

    private ByteBuffer batch(String action) {
      int count = step == Step.PUBLISH ? size : receipts.size();
      String entries =
          IntStream.range(0, count)
              .mapToObj(i ->
                  "{\"Id\":\"%d\",%s}"
                      .formatted(i, step == Step.PUBLISH ? message() : receipt(receipts.get(i))))
              .collect(Collectors.joining(","));
      return action(action, "\"Entries\":[" + entries + "]");
    }

    private static String message() {
      return "\"MessageBody\":\"" + Payload.now() + "\"";
    }

    private static String receipt(String handle) {
      return "\"ReceiptHandle\":\"" + handle + "\"";
    }

    private ByteBuffer action(String action, String members) {
      return Posted.to(
          port(),
          "/",
          "Content-Type: %s\r\nX-Amz-Target: AmazonSQS.%s\r\n".formatted(PROTOCOL, action),
          "{\"QueueUrl\":\"%s\",%s}".formatted(url(), members));
    }

    @Override
    public int answered(int status, byte[] body) {
      if (status != 200) {
        throw new IllegalStateException(
            "ElasticMQ: " + status + " " + new String(body, StandardCharsets.UTF_8));
      }
      return switch (step) {
        case PUBLISH -> {
          step = Step.FETCH;
          yield 0;
        }
        case FETCH -> {
          receipts = RECEIPTS.in(body);
          step = receipts.isEmpty() ? Step.FETCH : Step.ACKNOWLEDGE;
          yield 0;
        }
        case ACKNOWLEDGE -> {
          step = Step.PUBLISH;
          yield size == 1 ? 1 : DONE.in(body).size();
        }
      };
    }
  }
}
