package meower.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import meower.e2e.Api;
import meower.e2e.RunningMeower;
import meower.e2e.access.Access;
import meower.operations.Operations;
import meower.operations.audit.AuditCommand;
import meower.operations.connection.Servers;
import meower.operations.connection.Settings;
import meower.query.model.MeowDocument;
import meower.schema.MeowCreated;
import meower.schema.MeowId;
import meower.schema.MeowIdGenerator;
import meower.standalone.stack.Login;
import meower.standalone.stack.Part;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running Meower, its stores within reach, and the audit of it. */
final class AuditedMeower implements AutoCloseable {

  record Result(int status, String output) {}

  /** A meow, and what lets its author change it. */
  record Posted(String id, String undo) {}

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String UNDO = "Meower-Undo";

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());
  private final StandingRelay relay =
      new StandingRelay(() -> meower.access().postgres(Part.COMMAND));
  private final HttpClient http = HttpClient.newHttpClient();
  private final MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new SecureRandom());

  /** Returns once the audit finds nothing. */
  void awaitAgreement() {
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(audit()).extracting(Result::status).isEqualTo(0));
  }

  Result audit(String... arguments) {
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    int status =
        Operations.commandLine(new AuditCommand(Servers.of(settings())))
            .setOut(writer)
            .setErr(writer)
            .execute(arguments);
    return new Result(status, output.toString());
  }

  private Settings settings() {
    return Settings.of(meower.access().operator());
  }

  /** Returns the ids, in their order, once they are in the index. */
  List<String> post(int count) throws Exception {
    List<String> posted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      posted.add(postNow("audit " + i).id());
    }
    for (String id : posted) {
      indexed(id, 1);
    }
    return posted;
  }

  Posted postNow(String body) throws Exception {
    HttpResponse<String> answer = api.post(body);
    assertThat(answer.statusCode()).isEqualTo(201);
    return new Posted(
        JSON.readTree(answer.body()).get("id").asString(),
        answer.headers().firstValue(UNDO).orElseThrow());
  }

  void edit(Posted meow, String body) throws Exception {
    HttpRequest.Builder request =
        api.request("/meows/" + meow.id())
            .header(UNDO, meow.undo())
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("body", body))));
    assertThat(api.send(request).statusCode()).isEqualTo(200);
  }

  void delete(Posted meow) throws Exception {
    HttpRequest.Builder request =
        api.request("/meows/" + meow.id()).header(UNDO, meow.undo()).DELETE();
    assertThat(api.send(request).statusCode()).isEqualTo(204);
  }

  /** Returns the document once the index has this revision of it. */
  MeowDocument indexed(String id, int revision) {
    return await()
        .pollDelay(Duration.ZERO)
        .atMost(SOON)
        .ignoreException(AssertionError.class)
        .until(
            () -> document(id),
            document -> Objects.requireNonNullElse(document.revision(), 1) == revision);
  }

  MeowCreated unknown(String body) {
    return new MeowCreated(ids.next(), body, Instant.parse("2026-01-01T00:00:00Z"));
  }

  MeowId newId() {
    return ids.next();
  }

  MeowDocument document(String id) throws Exception {
    JsonNode answer = JSON.readTree(elastic("GET", "/meows/_doc/" + id, null));
    return JSON.treeToValue(answer.get("_source"), MeowDocument.class);
  }

  void put(String documentId, MeowDocument document) throws Exception {
    elastic("PUT", "/meows/_doc/" + documentId, JSON.writeValueAsString(document));
  }

  String elastic(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return answer.body();
  }

  /** Asks Elasticsearch itself: the newest meows can be read before they are in the index. */
  private HttpResponse<String> send(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    Login elasticsearch = meower.access().elasticsearch();
    return http.send(
        HttpRequest.newBuilder(URI.create(elasticsearch.url() + path + "?refresh=true"))
            .header("Authorization", elasticsearch.authorization())
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** Stores a meow and no event for it. */
  void store(MeowCreated meow) throws SQLException {
    execute(
        "insert into meow_event (id, body, created_at) values (?, ?, ?::timestamptz)",
        meow.id().value(),
        meow.body(),
        meow.createdAt().toString().replace("+", ""));
  }

  void execute(String sql, String... parameters) throws SQLException {
    try (var connection = meower.access().postgres(Part.COMMAND);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }

  Api api() {
    return api;
  }

  StandingRelay relay() {
    return relay;
  }

  Access access() {
    return meower.access();
  }

  /** Has everything run again as it did before. */
  @Override
  public void close() throws SQLException {
    relay.close();
    meower.restore();
    http.close();
  }
}
