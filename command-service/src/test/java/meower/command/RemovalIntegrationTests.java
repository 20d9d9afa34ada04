package meower.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import meower.command.RunningService.Posted;
import meower.nats.RequestListener;
import meower.schema.RemovalRequest;
import meower.schema.RemovalResult;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RemovalIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String UNKNOWN = "3G12Ptjdq1Yd5cJrsHFtjZdYqGU";

  private TestPostgres postgres;
  private StreamReader stream;
  private Connection operator;
  private String jdbcUrl;
  private RunningService service;

  @BeforeEach
  void startService() throws Exception {
    postgres = TestServers.postgres();
    TestNats nats = TestServers.nats();
    stream = StreamReader.of(nats);
    stream.deleteStream();
    jdbcUrl = postgres.createDatabase();
    // However long ago its author may have changed it.
    service = RunningService.start(postgres, jdbcUrl, nats, "--meower.meows.edit-window=0s");
    await().atMost(SOON).until(() -> service.get("/readyz").statusCode() == 200);
    operator = Nats.connect(nats.url());
  }

  @AfterEach
  void stopService() throws Exception {
    operator.close();
    service.close();
    stream.close();
  }

  @Test
  void removesWhatItsAuthorCannotRemoveAnyMore(CapturedOutput output) throws Exception {
    Posted meow = Posted.of(service.post("unlawful"));
    Posted other = Posted.of(service.post("lawful"));
    assertThat(service.delete(meow).statusCode()).isEqualTo(409);

    RemovalRequest request =
        new RemovalRequest(List.of(meow.id(), UNKNOWN), "ann", "court\norder \"7\"");
    RemovalResult checked = RemovalResult.decode(ask(RemovalRequest.CHECK, request).getData());
    assertThat(texts()).isEqualTo(2);
    RemovalResult first = RemovalResult.decode(ask(request.encode()).getData());
    RemovalResult second = RemovalResult.decode(ask(request.encode()).getData());

    assertThat(checked).isEqualTo(new RemovalResult(1, 0, List.of(UNKNOWN)));
    assertThat(first).isEqualTo(checked);
    assertThat(second).isEqualTo(new RemovalResult(0, 1, List.of(UNKNOWN)));
    assertThat(RemovalResult.decode(ask(RemovalRequest.CHECK, request).getData()))
        .isEqualTo(second);
    assertThat(texts()).isEqualTo(1);
    assertThat(service.edit(meow, "again").statusCode()).isEqualTo(410);
    assertThat(service.edit(meow, "again").body()).contains("\"by\":\"operator\"");
    assertThat(service.edit(other, "again").statusCode()).isEqualTo(409);
    assertThat(output)
        .contains(
            "meow=" + meow.id() + " state=removed operator=\"ann\" reason=\"court order  7 \"")
        .doesNotContain("unlawful");
  }

  @Test
  void saysWhatIsWrongWithARequest() throws Exception {
    assertThat(error(new RemovalRequest(List.of(), "ann", "").encode())).contains("1 to 1000");
    assertThat(error(new RemovalRequest(List.of("x"), "ann", "").encode())).contains("27 letters");
    assertThat(error("nonsense".getBytes(StandardCharsets.UTF_8))).isNotEmpty();
  }

  private String error(byte[] request) throws Exception {
    return Objects.requireNonNull(ask(request).getHeaders().getFirst(RequestListener.ERROR));
  }

  private Message ask(byte[] request) {
    return ask(RemovalRequest.SUBJECT, request);
  }

  private Message ask(String subject, RemovalRequest request) {
    return ask(subject, request.encode());
  }

  private Message ask(String subject, byte[] request) {
    return await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () -> operator.request(subject, request, Duration.ofSeconds(5)),
            answer -> answer != null && !answer.isStatusMessage());
  }

  private int texts() throws SQLException {
    try (var connection =
            DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("select count(*) from meow_event where body is not null")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
