package meower.e2e.hostile.worst;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import meower.e2e.hostile.wire.Connection;
import meower.e2e.hostile.wire.Frames;
import meower.e2e.hostile.wire.Request;

/** Takes all that one client may, at every door at once, and tries to take twice of it. */
final class WorstClient implements AutoCloseable {

  /** Each gets no further than to the first byte of its body, or of a header. */
  private static final int HALF_SENT = 60;

  /** As many as may be asked at once: README, {@code MEOWER_LOOKUP_BURST}. */
  private static final int WAITS = 60;

  /** As many as one client may have: {@code MEOWER_SOCKETS}. */
  private static final int SOCKETS = 500;

  private static final Duration SOON = Duration.ofSeconds(20);

  /** As many as fit into a handshake, each as long as a hashtag may be. */
  private static final int TOPICS = 38;

  private static final int TOPIC_LENGTH = 139;

  /** A little less than what one connection may send. */
  private static final int FRAMES_PER_SECOND = 45;

  private static final int SENDERS = 8;

  /**
   * What it knows of the stack.
   *
   * @param script the largest file of the page
   * @param beginning the position before the first meow
   * @param program one with a password
   * @param secret a token of the program
   */
  record Knowledge(String script, String beginning, String program, String secret) {}

  private final Address address;
  private final Knowledge known;
  private final Tally tally = new Tally();
  private final Pace pace = new Pace();
  private final List<Connection> halfSent = new ArrayList<>();
  private final List<Connection> sockets = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger number = new AtomicInteger();

  WorstClient(Address address, Knowledge known) {
    this.address = address;
    this.known = known;
  }

  Tally tally() {
    return tally;
  }

  /** Fills its places, and goes on asking until it is closed. */
  void begin() {
    fillPlaces();
    ask("post", 4, 20, () -> post("worst" + "%F0%9F%90%88".repeat(100)));
    ask("search", 8, 40, () -> Request.get("/search?take=500&skip=9000&query=" + words()));
    ask("page", 4, 20, () -> Request.get("/meows?take=500&skip=9000"));
    ask("delete", 4, 40, () -> request("DELETE", id()).with("Meower-Undo: " + "x".repeat(43)));
    ask("newest", 4, 300, () -> Request.get("/meows?take=100").with("Accept-Encoding: gzip"));
    ask("file", 4, 300, () -> Request.get(known.script()).with("Accept-Encoding: gzip"));
    List<Request> forms = forms();
    ask("form", 4, 300, () -> forms.get(number.incrementAndGet() % forms.size()));
    ask("guess", 4, 20, () -> program("/fetch", guess()));
    ask("fetch", 20, 100, () -> program("/fetch?wait=5s", "Bearer " + known.secret()));
    pace.keep(20, this::arrive, e -> tally.add("socket", "lost"));
  }

  /** Sends on each of its sockets, all at once, nearly as much as each may. */
  void flood() {
    List<Connection> all = List.copyOf(sockets);
    all.forEach(socket -> send(socket, Frames.emptyPiece()));
    for (int sender = 0; sender < SENDERS; sender++) {
      int first = sender;
      pace.keep(
          FRAMES_PER_SECOND / 2.0,
          () -> {
            for (int i = first; i < all.size(); i += SENDERS) {
              send(all.get(i), Frames.ping() + Frames.emptyContinuation());
            }
          },
          e -> tally.add("frame", "lost"));
    }
  }

  private void fillPlaces() {
    fillConnections();
    for (int i = 0; i < HALF_SENT; i++) {
      sendHalf("GET /meows HTTP/1.1\r\nHost: localhost\r\nX-Slow: s");
    }
    String topics =
        IntStream.range(0, TOPICS)
            .mapToObj(i -> "topic=%23" + topic())
            .collect(Collectors.joining("&"));
    List<String> targets =
        List.of("/pusher?" + topics, "/pusher?after=" + known.beginning(), "/pusher?query=worst");
    for (int i = 0; i < SOCKETS; i++) {
      open(i % 5 == 0 ? "/events" : targets.get(i % targets.size()));
    }
  }

  /** With questions that are answered late, and posts whose bodies do not come. */
  private void fillConnections() {
    for (int i = 0; i < WAITS; i++) {
      sendHalf(address.sign(Request.get(id() + "?wait=5s")).wire());
    }
    String post = address.sign(post("")).wire().replace("Length: 0", "Length: 99") + "{";
    await()
        .atMost(SOON)
        .until(() -> {
          sendHalf(post);
          readRefusals();
          return tally.has("half", "connections");
        });
    List<Connection> all = List.copyOf(halfSent);
    halfSent.clear();
    halfSent.addAll(all.subList(all.size() - Math.min(all.size(), HALF_SENT), all.size()));
    all.stream().filter(connection -> !halfSent.contains(connection)).forEach(WorstClient::reset);
  }

  private void readRefusals() throws IOException {
    for (Connection connection : List.copyOf(halfSent)) {
      if (connection.in().available() > 0) {
        tally.add("half", connection.answer(false).orElseThrow());
        halfSent.remove(connection);
        connection.close();
      }
    }
  }

  private static List<Request> forms() {
    String large = "X-Long: " + "x".repeat(4_500);
    return List.of(
        request("DELETE", "/meows"),
        request("OPTIONS", "/meows"),
        Request.get("/pusher"),
        Request.get("/nothing"),
        Request.get("/queues"),
        Request.get("/search?query=x").with(large).with(large),
        Request.get("/meows?take=2").with("Content-Length: 9"),
        request("HEAD", "/healthz").with("Transfer-Encoding: chunked"));
  }

  /** One more, which brings all that was ever posted. */
  private void arrive() throws IOException {
    open("/pusher?after=" + known.beginning());
  }

  private void open(String target) {
    try {
      Connection socket = address.connect();
      sockets.add(socket);
      socket.send(
          target.startsWith("/pusher")
              ? address.handshake(target)
              : address.sign(Request.get(target)).wire());
      tally.add("socket", socket.answer(true).orElseThrow(() -> new IOException("no answer")));
    } catch (IOException e) {
      tally.add("socket", "lost");
    }
  }

  private void ask(String door, int workers, int perSecond, Supplier<Request> request) {
    for (int i = 0; i < workers; i++) {
      Line line = new Line(address);
      pace.keep(
          (double) perSecond / workers,
          () -> tally.add(door, line.ask(request.get())),
          e -> tally.add(door, "lost"));
    }
  }

  private void sendHalf(String wire) {
    try {
      Connection connection = address.connect();
      halfSent.add(connection);
      connection.send(wire);
    } catch (IOException e) {
      tally.add("half", "lost");
    }
  }

  private void send(Connection socket, String frames) {
    try {
      socket.send(frames);
    } catch (IOException e) {
      tally.add("frame", "lost");
    }
  }

  private Request program(String what, String authorization) {
    return request("POST", "/queues/" + known.program() + what)
        .with("Authorization: " + authorization);
  }

  private String guess() {
    String pair = known.program() + ":guess " + number.incrementAndGet();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static Request post(String body) {
    return request("POST", "/meows" + (body.isEmpty() ? "" : "?body=" + body));
  }

  private static Request request(String method, String target) {
    return Request.get(target).withMethod(method);
  }

  private String id() {
    return "/meows/%027d".formatted(number.incrementAndGet());
  }

  private String topic() {
    String name = "t" + number.incrementAndGet();
    return name + "x".repeat(TOPIC_LENGTH - name.length());
  }

  /** Each with many others that it might have meant. */
  private String words() {
    return IntStream.range(0, 6)
        .mapToObj(i -> "neighb" + (char) ('a' + number.incrementAndGet() % 26) + "ur")
        .collect(Collectors.joining("+"));
  }

  private static void reset(Connection connection) {
    try {
      connection.reset();
    } catch (IOException _) {
      // It has been closed already, by whoever read what it was refused with.
    }
  }

  @Override
  public void close() {
    pace.close();
    List.copyOf(sockets).forEach(WorstClient::reset);
    halfSent.forEach(WorstClient::reset);
  }
}
