package meower.e2e.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import meower.e2e.Api;
import meower.e2e.NodePackages;
import meower.e2e.RunningMeower;
import meower.e2e.operators.OperatorCommand;
import meower.e2e.operators.OperatorCommand.Result;
import meower.operations.connection.ExitStatus;
import meower.standalone.demo.WebhookReceiver;
import meower.standalone.process.Ports;
import meower.standalone.stack.ProjectLayout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Queues that call a receiver, through the proxy and with what others have written. */
class PushIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(40);

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());
  private final String name = "push-" + Long.toString(System.nanoTime(), 36);
  private final String queue = "/queues/" + name;
  private String token = "";

  @BeforeEach
  void addProgram() throws Exception {
    Result added = run("program", "add", name, "--may", "queues");
    token =
        added.output().lines().filter(line -> line.startsWith("mwr_")).findFirst().orElseThrow();
  }

  @AfterEach
  void restore() throws Exception {
    meower.restore();
    send("DELETE", queue, null);
    run("program", "remove", name);
  }

  /** The receivers of docs/programs.md: what they need besides is what the page names. */
  @ParameterizedTest
  @CsvSource({"js, node, .mjs, order: 7", "python, python3, .py, '\"order\": 7'"})
  void signsSoThatTheDocumentedReceiversVerify(
      String language, String interpreter, String ending, String printed) throws Exception {
    int port = Ports.free();
    String secret = define(port).get("secret").stringValue();
    Path script = NodePackages.folder().resolve("node_modules/receiver-" + name + ending);
    Path output = Files.createTempFile("receiver", ".log");
    Files.writeString(script, receiver(language).replace("9000", Integer.toString(port)));
    ProcessBuilder builder = new ProcessBuilder(interpreter, script.toString());
    builder.environment().put("SECRET", secret);
    Process receiver = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(send("POST", queue + "/publish", "{\"order\": 7}").statusCode()).isEqualTo(201);
      await().atMost(SOON).until(() -> Files.readString(output).contains(printed));
      assertThat(Files.readString(output)).contains("meower.challenge");
      await().atMost(SOON).until(() -> state().equals("ok"));
      assertRefusesForgeries(port, secret);

      // A change of the secret goes unnoticed by who knows the one before, once.
      assertThat(send("POST", queue + "/push/rotate-secret", null).statusCode()).isEqualTo(200);
      assertThat(send("POST", queue + "/push/test", null).body()).contains("\"accepted\":true");
      assertThat(Files.readString(output)).contains("meower.test");
      assertThat(send("POST", queue + "/push/rotate-secret", null).statusCode()).isEqualTo(200);
      await()
          .atMost(SOON)
          .until(() -> send("POST", queue + "/push/test", null).body().contains("answered 401"));
    } finally {
      receiver.destroyForcibly().waitFor();
      Files.delete(script);
      Files.delete(output);
    }
  }

  @Test
  void canBeTriedWithAReceiverThatFails() throws Exception {
    int port = Ports.free();
    String secret = define(port).get("secret").stringValue();
    List<String> lines = new CopyOnWriteArrayList<>();
    try (WebhookReceiver receiver = new WebhookReceiver(port, Optional.of(secret), 1, lines::add)) {
      await().atMost(SOON).until(() -> state().equals("ok"));
      send("POST", queue + "/publish", "{\"order\": 7}");
      await()
          .atMost(SOON)
          .until(() -> lines.stream().anyMatch(line -> line.contains("delivery 2  verified")));
      assertThat(lines).anyMatch(line -> line.startsWith("500") && line.contains("delivery 1"));
      assertThat(lines).noneMatch(line -> line.contains("FORGED"));
      assertThat(run("queues", "show", name).output())
          .contains("push ok since", "pushed to " + receiver.url());
    }
  }

  @Test
  void operatorsSeeAndResumeReceivers() throws Exception {
    define(Ports.free());
    await().atMost(SOON).until(() -> run("queues", "list").output().contains("no connection"));
    assertThat(run("queues", "list").output())
        .containsPattern(name + ".*; push unverified since .*\\(no connection\\)");
    assertThat(run("queues", "resume", name).status()).isEqualTo(ExitStatus.FINE);
  }

  /** What was not signed, was signed as something else, or was kept by somebody, is not taken. */
  private static void assertRefusesForgeries(int port, String secret) throws Exception {
    String now = Long.toString(Instant.now().getEpochSecond());
    String earlier = Long.toString(Instant.now().minusSeconds(600).getEpochSecond());
    String good = "v1," + sign(secret, "msg_1", now, "{}");
    assertThat(call(port, now, "v1,bm9uZQ== " + good)).isEqualTo(200);
    assertThat(call(port, now, "")).isEqualTo(401);
    assertThat(call(port, now, "v1,bm9uZQ==")).isEqualTo(401);
    assertThat(call(port, now, "v1a" + good)).isEqualTo(401);
    assertThat(call(port, now, "v1," + sign(secret, "msg_1", now, "[]"))).isEqualTo(401);
    assertThat(call(port, now, "v1," + sign(secret, "msg_2", now, "{}"))).isEqualTo(401);
    assertThat(call(port, earlier, "v1," + sign(secret, "msg_1", earlier, "{}"))).isEqualTo(401);
    assertThat(call(port, "", good)).isEqualTo(401);
  }

  private static int call(int port, String timestamp, String signature) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hook"))
            .header("webhook-id", "msg_1")
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signature)
            .POST(BodyPublishers.ofString("{}"))
            .build();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  /** As https://github.com/standard-webhooks/standard-webhooks says it. */
  private static String sign(String secret, String id, String timestamp, String body)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed = String.join(".", id, timestamp, body);
    return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  private static String receiver(String language) throws IOException {
    String page =
        Files.readString(ProjectLayout.find().root().resolve("docs").resolve("programs.md"));
    return Pattern.compile("(?s)```" + language + "\\n(.*?)```")
        .matcher(page)
        .results()
        .map(block -> block.group(1))
        .filter(code -> code.contains("9000"))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode define(int port) throws Exception {
    HttpResponse<String> answer =
        send("PUT", queue, "{\"push\":{\"url\":\"http://127.0.0.1:" + port + "/hook\"}}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Api.json(answer);
  }

  private String state() throws Exception {
    return Api.json(send("GET", queue, null)).get("push").get("state").stringValue();
  }

  private HttpResponse<String> send(String method, String path, @Nullable String body)
      throws Exception {
    HttpRequest.Builder request =
        api.request(path)
            .header("Authorization", basic())
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return api.send(request);
  }

  private String basic() {
    return "Basic "
        + Base64.getEncoder().encodeToString((name + ":" + token).getBytes(StandardCharsets.UTF_8));
  }

  private Result run(String... arguments) throws Exception {
    return OperatorCommand.run(meower.access(), "", arguments);
  }
}
