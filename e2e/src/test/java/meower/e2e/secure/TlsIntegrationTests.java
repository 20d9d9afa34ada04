package meower.e2e.secure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import meower.e2e.Api;
import meower.e2e.operators.OperatorCommand.Result;
import meower.e2e.typed.PastedLines;
import meower.e2e.typed.Terminal;
import meower.e2e.typed.Workplace;
import meower.standalone.demo.Demo;
import meower.standalone.stack.Part;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code ./meower up --tls --private}: nothing in clear, and nobody without a secret. */
class TlsIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PROBLEM = "application/problem+json";

  /** Of what is read. */
  private static final List<String> READ =
      List.of(
          "/",
          "/index.html",
          "/wall",
          "/wall/setup",
          "/meows",
          "/meows?take=7&skip=1",
          "/meows/000000000000000000000000000",
          "/meows/000000000000000000000000000/history",
          "/search?query=x",
          "/feed.atom",
          "/feed.json",
          "/events");

  private static SecureMeower meower;
  private static String reader;
  private static String poster;

  @BeforeAll
  static void start() throws Exception {
    meower = SecureMeower.start();
    reader = "Bearer " + meower.addProgram("reader", "read");
    poster = "Bearer " + meower.addProgram("poster", "post");
    Result added = meower.run("program", "add", "hello", "--password", "test", "--weak");
    assertThat(added.status()).as(added.output()).isZero();
  }

  @AfterAll
  static void stop() {
    if (meower != null) {
      meower.close();
    }
  }

  @Test
  void showsThePageToWhoeverTrustsTheAuthority() throws Exception {
    HttpResponse<String> page = meower.get(meower.secure("/"), "Authorization", reader);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(page.body()).contains("<title>Meower</title>");
    try (HttpClient stranger = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(meower.secure("/")).build();
      assertThatThrownBy(() -> stranger.send(request, BodyHandlers.discarding()))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void anotherCertificateEndsNoSocket() throws Exception {
    List<String> texts = new CopyOnWriteArrayList<>();
    WebSocket socket = meower.open("/pusher", reader, texts);
    BigInteger before = meower.serial();

    meower.renewCertificateOfNginx();

    await().untilAsserted(() -> assertThat(meower.serial()).isNotEqualTo(before));
    // Longer than nginx once gave to the sockets of its former workers.
    await()
        .during(Duration.ofSeconds(7))
        .atMost(Duration.ofSeconds(9))
        .until(() -> !socket.isInputClosed());
    meower.post(meower.secure("/meows"), "body=after+the+renewal", "Authorization", poster);
    await()
        .untilAsserted(
            () -> assertThat(texts).anyMatch(text -> text.contains("after the renewal")));
    socket.abort();
  }

  @Test
  void thePortWithoutTlsLeadsToTheOther() throws Exception {
    HttpResponse<String> read = meower.get(meower.plain("/search?query=a%20cat"));

    assertThat(read.statusCode()).isEqualTo(308);
    assertThat(read.headers().firstValue("Location"))
        .contains(meower.secure("/search?query=a%20cat").toString());
    assertThat(read.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(meower.get(meower.plain("/healthz")).body()).contains("up");
  }

  @Test
  void thePortWithoutTlsTakesNoSecretAndNoMeow() throws Exception {
    List<HttpResponse<String>> refused =
        List.of(
            meower.get(meower.plain("/"), "Authorization", reader),
            meower.get(meower.plain("/healthz"), "Authorization", reader),
            meower.get(meower.plain("/queues"), "Authorization", reader),
            meower.post(meower.plain("/meows"), "body=in+clear"),
            meower.post(meower.plain("/meows?body=x"), "", "Authorization", poster),
            meower.get(URI.create("http://localhost:" + meower.secure("/").getPort())));

    for (HttpResponse<String> answer : refused) {
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.headers().firstValue("Content-Type")).contains(PROBLEM);
      assertThat(answer.body()).contains("/problems/tls-required", "https://");
    }
  }

  @Test
  void nobodyReadsOrPostsWithoutASecret() throws Exception {
    List<HttpResponse<String>> refused = new ArrayList<>();
    for (String path : READ) {
      refused.add(meower.get(meower.secure(path)));
    }
    // Ten within a minute are too many.
    for (String path : List.of("/", "/meows", "/events")) {
      refused.add(
          meower.get(meower.secure(path), "Authorization", SecureMeower.basic("hello", "wrong")));
    }
    refused.add(meower.post(meower.secure("/meows"), "body=x"));
    refused.add(meower.post(meower.secure("/queues/q/fetch"), ""));

    for (HttpResponse<String> answer : refused) {
      assertThat(answer.statusCode()).as(answer.uri().toString()).isEqualTo(401);
      assertThat(answer.headers().allValues("WWW-Authenticate"))
          .as(answer.uri().toString())
          .containsExactly("Basic realm=\"Meower\", charset=\"UTF-8\"", "Bearer realm=\"Meower\"");
      assertThat(answer.body()).contains("/problems/unauthenticated");
    }
    assertThat(meower.get(meower.secure("/healthz")).statusCode()).isEqualTo(200);
  }

  @Test
  void aProgramNeedsTheScopeOfWhatItDoes() throws Exception {
    for (String path : READ) {
      HttpResponse<String> refused = meower.get(meower.secure(path), "Authorization", poster);
      assertThat(refused.statusCode()).as(path).isEqualTo(403);
      assertThat(refused.body()).contains("/problems/not-allowed", "scope read");
    }
    HttpResponse<String> refused =
        meower.post(meower.secure("/meows"), "body=x", "Authorization", reader);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("/problems/not-allowed", "scope post");
    assertThat(
            meower
                .post(meower.secure("/meows"), "body=a+post", "Authorization", poster)
                .statusCode())
        .isEqualTo(201);
    for (String path : List.of("/meows", "/search?query=x", "/feed.json", "/meows?skip=1")) {
      assertThat(meower.get(meower.secure(path), "Authorization", reader).statusCode())
          .as(path)
          .isEqualTo(200);
    }
    assertThat(meower.get(meower.secure("/nothing"), "Authorization", reader).statusCode())
        .isEqualTo(404);
  }

  /** As the README says it, from its second line on: the first one starts Meower. */
  @Test
  void peopleSayAndFollowWithWhatTheyHave() throws Exception {
    List<String> lines = PastedLines.read().about("everything over TLS");
    assertThat(meower.run("program", "remove", "hello").status()).isZero();
    try (Workplace workplace = meower.workplace()) {
      try (Terminal shell = workplace.terminal()) {
        shell.run(lines.get(1));
      }
      Terminal follower = workplace.running(lines.get(4));
      follower.await("\"kind\":2");
      follower.type(lines.get(5));
      Terminal speaker = workplace.running(lines.get(2));
      speaker.await("Connected");

      speaker.type(lines.get(3));

      speaker.await("\"status\":201");
      follower.await("hi #topic");
    }
  }

  @Test
  void queuesFeedsAndSightingsWorkLikewise() throws Exception {
    // Nobody is there: that the call was made is seen by its failure.
    String unreachable = "http://127.0.0.1:1/{id}";
    Result added =
        meower.run(
            "program", "add", "worker", "--may", "queues,presence", "--status-url", unreachable);
    String worker =
        "Bearer "
            + added
                .output()
                .lines()
                .filter(line -> line.startsWith("mwr_"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(added.output()));
    URI queue = meower.secure("/queues/tls");
    String feed = "{\"feed\": {\"topics\": [\"#tls\"]}}";
    assertThat(meower.json("PUT", queue, feed, "Authorization", worker).statusCode())
        .isEqualTo(201);
    assertThat(
            meower
                .post(meower.secure("/meows"), "body=over+%23tls", "Authorization", poster)
                .statusCode())
        .isEqualTo(201);
    await()
        .atMost(SOON)
        .until(() ->
            meower
                .json("POST", URI.create(queue + "/fetch?wait=5s"), "", "Authorization", worker)
                .body()
                .contains("over #tls"));

    HttpResponse<String> reported =
        meower.json(
            "POST",
            meower.secure("/callback"),
            "{\"object_ids\": [1, 2]}",
            "Authorization",
            worker);
    assertThat(reported.statusCode()).as(reported.body()).isEqualTo(202);
    await()
        .atMost(SOON)
        .until(() ->
            meower
                .get(meower.secure("/presence/worker"), "Authorization", worker)
                .body()
                .contains("failing"));
    assertThat(Files.readString(meower.data().resolve("logs").resolve("nats.log")))
        .doesNotContain("Violation - User \"program\"");
  }

  @Test
  void natsRefusesPlainTextAndStrangers() throws Exception {
    assertThatThrownBy(() -> nats("nats://", "pusher", "wrong", false).close())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> nats("tls://", "pusher", "wrong", true).close())
        .isInstanceOf(AuthenticationException.class);
    assertThatThrownBy(() -> nats("tls://", "", "", true).close())
        .isInstanceOf(AuthenticationException.class);
  }

  @Test
  void thePusherCannotPublish() throws Exception {
    String password = meower.secret("pusher", "meower.nats.password");
    Queue<String> errors = new ConcurrentLinkedQueue<>();
    Connection pusher = nats("tls://", "pusher", password, true, errors);
    try {
      long before = messages(pusher);
      for (String subject : List.of("meow.created", "dead-letter.x", "index.rebuild")) {
        pusher.publish(subject, new byte[0]);
        await()
            .atMost(SOON)
            .until(() -> errors.stream().anyMatch(error -> error.contains(subject)));
      }
      assertThat(errors).allSatisfy(error -> assertThat(error).contains("Permissions Violation"));
      assertThat(messages(pusher)).isEqualTo(before);
    } finally {
      pusher.close();
    }
  }

  @Test
  void postgresLetsEachRoleIntoItsDatabaseOnly() throws Exception {
    String command = meower.secret("command", "spring.datasource.password");
    String programs = meower.secret("program", "spring.datasource.password");

    assertThat(database("meower", "meower_command", command, "verify-full")).isFalse();
    assertThat(database("programs", "meower_programs", programs, "verify-full")).isFalse();
    assertRefused("programs", "meower_command", command, "verify-full");
    assertRefused("postgres", "meower_command", command, "verify-full");
    assertRefused("meower", "meower_programs", programs, "verify-full");
    assertRefused("meower", "meower_command", "wrong", "verify-full");
    assertRefused("meower", "meower_command", command, "disable");
    assertRefused("meower", "meower", "meower", "verify-full");
    assertRefused("programs", "meower_command_owner", command, "verify-full");
  }

  @Test
  void elasticsearchRefusesPlainTextAndStrangers() throws Exception {
    String password = meower.secret("query", "meower.elasticsearch.password");
    String host = "localhost:" + meower.port(Part.ELASTICSEARCH) + "/_cat/indices";

    assertThatThrownBy(() -> meower.get(URI.create("http://" + host)))
        .isInstanceOf(IOException.class);
    URI indexes = URI.create("https://" + host);
    assertThat(meower.get(indexes).statusCode()).isEqualTo(401);
    assertThat(meower.get(indexes, "Authorization", SecureMeower.basic("query", "x")).statusCode())
        .isEqualTo(401);
    assertThat(meower.get(indexes, "Authorization", SecureMeower.basic("query", password)).body())
        .contains("meows-");
    URI foreign = URI.create("https://" + host.replace("_cat/indices", "foreign/_search"));
    assertThat(
            meower
                .get(foreign, "Authorization", SecureMeower.basic("query", password))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void operatorsCommandsFindTheirWay() throws Exception {
    Demo.main(new String[] {"20", "--data", meower.data().toString()});
    HttpResponse<String> posted =
        meower.post(meower.secure("/meows"), "body=a+mistake", "Authorization", poster);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(meower.run("audit").output()).contains("0 differences"));

    List<List<String>> commands =
        List.of(
            List.of("remove", Api.json(posted).get("id").stringValue()),
            List.of("status"),
            List.of("program", "list"),
            List.of("queues", "list"),
            List.of("dead-letters", "list"),
            List.of("rebuild-index", "--status"));
    commands.stream()
        .map(c -> CompletableFuture.runAsync(() -> assertWorks(c), Thread::startVirtualThread))
        .toList()
        .forEach(CompletableFuture::join);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(meower.run("status").output())
                .containsPattern("deleted meows +1\\D[^?]*waiting to be erased +0\\D"));
    assertThat(Files.readString(meower.data().resolve("logs").resolve("nats.log")))
        .doesNotContain("Violation - User \"command\"", "Violation - User \"query\"")
        .doesNotContain("Violation - User \"program\"", "Violation - User \"operations\"");
  }

  @Test
  void thePresenceDemoFindsItsWay() throws Exception {
    List<String> lines = PastedLines.read().about("who is here");
    try (Workplace workplace = meower.workplace()) {
      try (Terminal shell = workplace.terminal()) {
        shell.type(lines.get(1));
        shell.await("/problems/unauthenticated");
        shell.run(lines.getFirst());
      }

      Terminal demo = workplace.running(lines.get(1));

      demo.await("objects: 202; here are \\d");
    } finally {
      meower.run("program", "remove", "tester");
    }
  }

  @Test
  void startsNotWithoutItsCertificateAndSaysSo() throws Exception {
    Path output = Files.createTempFile("pusher", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                ProjectLayout.find().service(Part.PUSHER).jar().toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("MEOWER_TLS_CA", "/nowhere/ca.pem");
    Process service = builder.start();
    try {
      assertThat(service.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(service.exitValue()).isNotZero();
      assertThat(Files.readString(output))
          .contains("APPLICATION FAILED TO START", "/nowhere/ca.pem, cannot be read");
    } finally {
      service.destroyForcibly();
      Files.delete(output);
    }
  }

  @Test
  void noPasswordOrTokenInAnyLog() throws Exception {
    for (String authorization : List.of(reader, SecureMeower.basic("hello", "test"))) {
      meower.get(meower.secure("/meows"), "Authorization", authorization);
      meower.get(meower.plain("/meows"), "Authorization", authorization);
    }
    List<String> secrets = new ArrayList<>();
    try (Stream<Path> files = Files.walk(meower.data().resolve("secrets"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        secrets.add(Files.readString(file));
      }
    }
    assertThat(secrets).hasSizeGreaterThan(9).allMatch(secret -> secret.length() >= 40);
    secrets.add(reader.substring("Bearer ".length()));
    secrets.add(poster.substring("Bearer ".length()));
    secrets.add(SecureMeower.basic("hello", "test").substring("Basic ".length()));

    List<String> places = new ArrayList<>();
    try (Stream<Path> logs = Files.walk(meower.data())) {
      for (Path log : logs.filter(file -> file.toString().endsWith(".log")).toList()) {
        places.add(log + ": " + Files.readString(log, ISO_8859_1));
      }
    }
    int logs = places.size();
    places.addAll(commandLines());

    assertThat(logs).isGreaterThan(8);
    assertThat(places).hasSizeGreaterThan(logs + 7);
    for (String secret : secrets) {
      assertThat(places).noneMatch(place -> place.contains(secret));
    }
  }

  private static void assertWorks(List<String> command) {
    try {
      Result result = meower.run(command.toArray(String[]::new));
      assertThat(result.status()).as(command + ": " + result.output()).isZero();
    } catch (Exception e) {
      throw new IllegalStateException("could not be run: " + command, e);
    }
  }

  /** Of all processes of this stack. */
  private static List<String> commandLines() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(path -> path.resolve("cmdline").toFile().exists()).toList()) {
        String line = commandLine(process);
        if (line.contains(meower.data().toString())) {
          found.add(line);
        }
      }
    }
    return found;
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), ISO_8859_1);
    } catch (IOException _) {
      return ""; // it has ended
    }
  }

  private static Connection nats(String scheme, String user, String password, boolean tls)
      throws Exception {
    return nats(scheme, user, password, tls, new ConcurrentLinkedQueue<>());
  }

  private static Connection nats(
      String scheme, String user, String password, boolean tls, Queue<String> errors)
      throws Exception {
    Options.Builder options =
        new Options.Builder()
            .server(scheme + "127.0.0.1:" + meower.port(Part.NATS))
            .connectionTimeout(Duration.ofSeconds(2))
            .maxReconnects(0)
            .inboxPrefix("_INBOX.pusher.")
            .errorListener(
                new ErrorListener() {
                  @Override
                  public void errorOccurred(Connection connection, String error) {
                    errors.add(error);
                  }
                });
    if (tls) {
      options.sslContext(meower.trust());
    }
    if (!user.isEmpty()) {
      options.userInfo(user, password);
    }
    return Nats.connect(options.build());
  }

  private static long messages(Connection nats) throws Exception {
    return nats.jetStreamManagement().getStreamInfo("MEOWS").getStreamState().getMsgCount();
  }

  /** Tells whether the user is a superuser. */
  private static boolean database(String name, String user, String password, String mode)
      throws SQLException {
    String url =
        "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=%s&sslrootcert=%s&loginTimeout=5"
            .formatted(meower.port(Part.POSTGRES), name, mode, meower.ca());
    try (java.sql.Connection connection = DriverManager.getConnection(url, user, password);
        var rows =
            connection
                .createStatement()
                .executeQuery("select rolsuper from pg_roles where rolname = current_user")) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  private static void assertRefused(String name, String user, String password, String mode) {
    assertThatThrownBy(() -> database(name, user, password, mode))
        .as(user + " in " + name)
        .isInstanceOf(SQLException.class)
        .hasMessageStartingWith("FATAL: ");
  }
}
