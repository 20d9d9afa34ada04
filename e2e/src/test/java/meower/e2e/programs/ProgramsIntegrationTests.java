package meower.e2e.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meower.e2e.Api;
import meower.e2e.FeedReader;
import meower.e2e.NodePackages;
import meower.e2e.RunningMeower;
import meower.e2e.hostile.wire.Connection;
import meower.e2e.hostile.wire.Frames;
import meower.e2e.hostile.wire.RawAnswer;
import meower.e2e.operators.OperatorCommand;
import meower.e2e.operators.OperatorCommand.Result;
import meower.operations.connection.ExitStatus;
import meower.standalone.stack.Part;
import meower.standalone.stack.PortPlan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs take part: with a name, a secret, and what they have anyway. */
class ProgramsIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());
  private final PortPlan ports = meower.stack().ports();
  private final String name = "bot-" + Long.toString(System.nanoTime(), 36);

  @AfterEach
  void restore() throws Exception {
    meower.restore();
    run("program", "remove", name);
  }

  @Test
  void saysMeowsWithWhatIsTypedIntoATerminal() throws Exception {
    Result added = run("program", "add", name, "--password", "pwd", "--weak");
    assertThat(added.status()).as(added.output()).isEqualTo(ExitStatus.FINE);
    String said = "typed " + System.nanoTime();

    String answer = wscat("--auth", name + ":pwd", "--execute", said, "--wait", "6");

    assertThat(answer).contains("\"status\":201");
    await().atMost(SOON).until(() -> api.search('"' + said + '"').size() == 1);
    assertThat(run("program", "list").output())
        .containsPattern(name + " +post,presence,queues,read .* used 20");
  }

  @Test
  void tellsATokenOnceAndTakesItAsBearer() throws Exception {
    String token = token(run("program", "add", name, "--may", "post,read"));

    try (Socket socket = new Socket("Bearer " + token)) {
      socket.say("with a token " + name);
      await().atMost(SOON).until(() -> socket.answers().size() == 1);
      assertThat(socket.answers().getFirst()).contains("\"status\":201");
    }
    assertThat(run("program", "list").output()).contains(name).doesNotContain(token);
    assertThat(filesWith(token, basic(name, token))).isEmpty();
  }

  @Test
  void aRemovedProgramIsCutOffWithinASecond() throws Exception {
    String token = token(run("program", "add", name));
    try (Socket socket = new Socket("Bearer " + token)) {
      socket.say("still here " + name);
      await().atMost(SOON).until(() -> socket.answers().size() == 1);

      CompletableFuture<Long> ended = socket.closed.thenApply(_ -> System.nanoTime());
      assertThat(run("program", "remove", name).status()).isEqualTo(ExitStatus.FINE);
      long removed = System.nanoTime();

      // What is promised is a second, on a machine of one's own: this one may stand still.
      assertThat(socket.closed.get(5, TimeUnit.SECONDS)).isEqualTo(1008);
      assertThat(ended.get() - removed).isLessThan(Duration.ofSeconds(5).toNanos());
      assertThat(handshake("Authorization: Bearer " + token + "\r\n").status()).isEqualTo(401);
    }
    assertThat(run("program", "remove", name).output()).contains("There is no program " + name);
    token(run("program", "add", name));
  }

  @Test
  void refusesAWrongSecretAndSaysWhichChallenges() throws Exception {
    RawAnswer none = handshake("");
    RawAnswer wrong = handshake("Authorization: " + basic(name, "wrong") + "\r\n");
    RawAnswer bearer = handshake("Authorization: Bearer mwr_wrong\r\n");

    for (RawAnswer refused : List.of(none, wrong, bearer)) {
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.header("cache-control")).isEqualTo("no-store");
      assertThat(refused.text()).contains("/problems/unauthenticated", "./meower program add");
    }
    String challenges = "Basic realm=\"Meower\", charset=\"UTF-8\", ?Bearer realm=\"Meower\"";
    assertThat(none.header("www-authenticate")).matches(challenges);
    assertThat(wrong.header("www-authenticate")).matches(challenges);
    assertThat(bearer.header("www-authenticate")).matches(challenges + ", error=\"invalid_token\"");
    token(run("program", "add", name));
  }

  @Test
  void saysWhichScopeIsMissing() throws Exception {
    String token = token(run("program", "add", name, "--may", "read"));

    RawAnswer refused = handshake("Authorization: Bearer " + token + "\r\n");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("/problems/not-allowed", "scope post");
  }

  @Test
  void nobodyBringsAPassOfTheirOwn() throws Exception {
    String token = token(run("program", "add", name));
    HttpResponse<String> asked =
        new Api("http://127.0.0.1:" + ports.of(Part.COMMAND))
            .send(
                new Api("http://127.0.0.1:" + ports.of(Part.COMMAND))
                    .request("/authenticate")
                    .header("Authorization", "Bearer " + token));
    String pass = asked.headers().firstValue("Meower-Pass").orElseThrow();

    // The proxy believes nobody's, and asks nobody for who does not come with a secret.
    assertThat(handshake("Meower-Pass: " + pass + "\r\n").status()).isEqualTo(401);
    assertThat(api.get("/authenticate").statusCode()).isEqualTo(404);
    assertThat(api.get("/access").statusCode()).isEqualTo(404);
    // Who comes past it has none.
    assertThat(
            handshake(ports.of(Part.COMMAND), "", "Authorization: Bearer " + token + "\r\n")
                .status())
        .isEqualTo(401);
    assertThat(handshake(ports.of(Part.COMMAND), "", "Meower-Pass: p1.a.b.c\r\n").status())
        .isEqualTo(401);
  }

  @Test
  void whoGuessesHasToWait() throws Exception {
    String token = token(run("program", "add", name));
    String guesser = "127.0.0.77";
    for (int i = 0; i < 10; i++) {
      assertThat(
              handshake(
                      meower.port(Part.NGINX),
                      guesser,
                      "Authorization: " + basic(name, "" + i) + "\r\n")
                  .status())
          .isEqualTo(401);
    }

    RawAnswer waiting =
        handshake(
            meower.port(Part.NGINX), guesser, "Authorization: " + basic(name, token) + "\r\n");

    assertThat(waiting.status()).isEqualTo(429);
    assertThat(waiting.header("retry-after")).isEqualTo("60");
    assertThat(waiting.text()).contains("/problems/too-many-requests", "wrong secrets");
    assertThat(handshake("Authorization: Bearer " + token + "\r\n").status()).isEqualTo(101);
  }

  @Test
  void saysSoWhileNobodyCanBeLookedUp() throws Exception {
    String token = token(run("program", "add", name));
    for (Part part : List.of(Part.POSTGRES, Part.COMMAND)) {
      meower.stack().kill(part);

      RawAnswer unknown = handshake("Authorization: Bearer " + token + "\r\n");

      assertThat(unknown.status()).as(part.label()).isEqualTo(503);
      assertThat(unknown.text()).contains("/problems/unavailable");
      assertThat(unknown.header("retry-after")).isNotEmpty();
      meower.restore();
    }
    await()
        .atMost(SOON)
        .until(() -> handshake("Authorization: Bearer " + token + "\r\n").status() == 101);
  }

  /** Who has no answer says it again under the same key. */
  @Test
  void whatIsSaidOverSocketsIsNeverLostDoubledOrReordered() throws Exception {
    String token = token(run("program", "add", name));
    int programs = 4;
    int each = 60;
    try (FeedReader reader = FeedReader.connect(meower.url());
        ExecutorService pool = Executors.newFixedThreadPool(programs)) {
      meower.stack().kill(Part.NATS);
      CountDownLatch begun = new CountDownLatch(programs);
      List<Future<?>> saying = new ArrayList<>();
      for (int program = 0; program < programs; program++) {
        String prefix = name + " client " + program + " number ";
        saying.add(pool.submit(() -> sayAll(token, prefix, each, begun)));
      }
      begun.await();
      meower.stack().kill(Part.COMMAND);
      meower.stack().start(Part.COMMAND);
      meower.stack().start(Part.NATS);
      for (Future<?> said : saying) {
        said.get();
      }

      await().atMost(SOON).until(() -> reader.meows(name).size() >= programs * each);
      List<String> seen = reader.meows(name).stream().map(Api.Meow::body).toList();
      assertThat(seen).doesNotHaveDuplicates().hasSize(programs * each);
      for (int program = 0; program < programs; program++) {
        String prefix = name + " client " + program + " number ";
        assertThat(seen.stream().filter(body -> body.startsWith(prefix)))
            .containsExactlyElementsOf(
                IntStream.range(0, each).mapToObj(number -> prefix + number).toList());
      }
    }
  }

  private @Nullable Void sayAll(String token, String prefix, int count, CountDownLatch begun)
      throws Exception {
    int answered = 0;
    long end = System.nanoTime() + SOON.toNanos() * 2;
    while (answered < count && System.nanoTime() < end) {
      try (Socket socket = new Socket("Bearer " + token, "meower.publish")) {
        for (int number = answered; number < count; number++) {
          socket.say(
              "{\"key\":\"%s%d\",\"body\":\"%s%d\"}".formatted(prefix, number, prefix, number));
          Thread.sleep(100); // together as many as a program may
          if (!socket.answers().isEmpty()) {
            begun.countDown();
          }
        }
        int before = answered;
        await()
            .atMost(SOON)
            .until(() -> socket.closed.isDone() || before + socket.answers().size() == count);
        answered += socket.stored();
      } catch (IOException | ExecutionException | CompletionException e) {
        Thread.sleep(200); // it is being started
      }
    }
    assertThat(answered).isEqualTo(count);
    return null;
  }

  private List<Path> filesWith(String... secrets) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(meower.data())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String secret : secrets) {
          if (content.contains(secret)) {
            found.add(file);
          }
        }
      }
    }
    return found;
  }

  private RawAnswer handshake(String headers) throws IOException {
    return handshake(meower.port(Part.NGINX), "127.0.0.1", headers);
  }

  private static RawAnswer handshake(int port, String from, String headers) throws IOException {
    try (Connection connection = from.isEmpty() ? Connection.to(port) : Connection.to(port, from)) {
      connection.send(Frames.handshake("/publish", headers));
      return connection.answer(false).orElseThrow();
    }
  }

  private static String token(Result added) {
    assertThat(added.status()).as(added.output()).isEqualTo(ExitStatus.FINE);
    return added.output().lines().filter(line -> line.startsWith("mwr_")).findFirst().orElseThrow();
  }

  private static String basic(String program, String secret) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((program + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  private String wscat(String... arguments) throws Exception {
    Path installed = NodePackages.folder().resolve("node_modules/.bin/wscat");
    List<String> command =
        new ArrayList<>(List.of(installed.toString(), "--connect", address(), "--no-color"));
    if (ports.tls()) {
      command.addAll(List.of("--ca", meower.data().resolve("tls/ca.pem").toString()));
    }
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  private String address() {
    return meower.socketUrl() + "/publish";
  }

  private Result run(String... arguments) throws Exception {
    return OperatorCommand.run(meower.access(), "", arguments);
  }

  /** A program over a socket, through the proxy. */
  private final class Socket implements WebSocket.Listener, AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> answers = new ArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket webSocket;

    Socket(String authorization, String... subprotocols) throws Exception {
      WebSocket.Builder builder = http.newWebSocketBuilder().header("Authorization", authorization);
      if (subprotocols.length > 0) {
        builder.subprotocols(subprotocols[0]);
      }
      webSocket = builder.buildAsync(URI.create(address()), this).get(20, TimeUnit.SECONDS);
    }

    /** How many of the first frames are kept; what came behind another answer is said again. */
    synchronized int stored() {
      int stored = 0;
      while (stored < answers.size() && answers.get(stored).contains("\"status\":201")) {
        stored++;
      }
      return stored;
    }

    void say(String text) throws Exception {
      webSocket.sendText(text, true).get(20, TimeUnit.SECONDS);
    }

    synchronized List<String> answers() {
      return List.copyOf(answers);
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onText(
        WebSocket from, CharSequence data, boolean last) {
      answers.add(data.toString());
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }

    @Override
    public void close() {
      webSocket.abort();
      http.shutdownNow();
    }
  }
}
