package meower.standalone.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Ports;
import meower.standalone.secret.Secrets;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each service may say and hear in NATS, and that nobody else is let in. */
class NatsUsersIntegrationTests {
  private static final int PATIENCE_MILLIS = 10_000;

  @TempDir static Path folder;
  static Protection protection;
  static NatsServer nats;

  @BeforeAll
  static void start() throws Exception {
    var data = new DataFolder(folder);
    data.create();
    protection =
        new Protection(
            new Secrets(folder.resolve("secrets")), ProjectLayout.find().root(), Optional.empty());
    nats = new NatsServer(data, Ports.free(), Ports.free(), Optional.of(protection));
    nats.start();
  }

  @AfterAll
  static void stop() {
    nats.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"user\":\"command\",\"pass\":\"\"",
        ",\"user\":\"command\",\"pass\":\"command\"",
        ",\"user\":\"meower\",\"pass\":\"meower\"",
        ",\"user\":\"command\",\"pass\":\"${MEOWER_NATS_COMMAND_PASSWORD}\"",
        ",\"auth_token\":\"meower\""
      })
  void nobodyElseIsLetIn(String login) throws IOException {
    assertThat(answers(login, "PUB meow.created 0\r\n\r\n"))
        .anyMatch(line -> line.contains("Authorization Violation"))
        .doesNotContain("PONG");
  }

  @ParameterizedTest
  @CsvSource({
    "command,    pub, meow.created,                            yes",
    "command,    pub, meow.deleted,                            yes",
    "command,    pub, $JS.API.STREAM.CREATE.MEOWS,             yes",
    "command,    pub, $JS.API.STREAM.PURGE.MEOWS,              no",
    "command,    pub, $JS.API.STREAM.CREATE.OTHER,             no",
    "command,    pub, $JS.API.STREAM.DELETE.DEAD_LETTERS,      no",
    "command,    pub, dead-letter.x,                           no",
    "command,    pub, index.rebuild,                           no",
    "command,    pub, _INBOX.operations.answer.x,              yes",
    "command,    pub, _INBOX.program.answer.x,                 yes",
    "command,    pub, _INBOX.query.answer.x,                   no",
    "command,    sub, command.remove,                          yes",
    "command,    sub, index.rebuild,                           no",
    "command,    sub, meow.created,                            no",
    "query,      pub, meow.created,                            no",
    "query,      pub, meow.deleted,                            no",
    "query,      pub, dead-letter.x,                           yes",
    "query,      pub, $JS.API.STREAM.DELETE.MEOWS,             no",
    "query,      pub, $JS.API.STREAM.UPDATE.MEOWS,             no",
    "query,      pub, $JS.API.STREAM.PURGE.MEOWS,              no",
    "query,      pub, $JS.API.STREAM.MSG.DELETE.MEOWS,         no",
    "query,      pub, $JS.API.STREAM.DELETE.DEAD_LETTERS,      no",
    "query,      pub, $JS.API.CONSUMER.CREATE.MEOWS.x,         yes",
    "query,      pub, command.remove,                          no",
    "query,      pub, _INBOX.operations.answer.x,              yes",
    "query,      pub, _INBOX.operations.x.y,                   no",
    "query,      pub, _INBOX.command.x.y,                      no",
    "query,      sub, index.rebuild,                           yes",
    "query,      sub, command.remove,                          no",
    "query,      sub, _INBOX.query.x,                          yes",
    "query,      sub, _INBOX.command.x,                        no",
    "query,      sub, _INBOX.>,                                no",
    "pusher,     pub, meow.created,                            no",
    "pusher,     pub, meow.edited,                             no",
    "pusher,     pub, dead-letter.x,                           no",
    "pusher,     pub, index.rebuild,                           no",
    "pusher,     pub, command.remove,                          no",
    "pusher,     pub, $JS.API.STREAM.DELETE.MEOWS,             no",
    "pusher,     pub, $JS.API.STREAM.PURGE.MEOWS,              no",
    "pusher,     pub, $JS.API.STREAM.UPDATE.MEOWS,             no",
    "pusher,     pub, $JS.API.STREAM.MSG.DELETE.MEOWS,         no",
    "pusher,     pub, $JS.API.STREAM.CREATE.OTHER,             no",
    "pusher,     pub, $JS.API.CONSUMER.CREATE.MEOWS.x,         yes",
    "pusher,     pub, _INBOX.operations.answer.x,              no",
    "pusher,     sub, meow.>,                                  no",
    "pusher,     sub, >,                                       no",
    "program,    pub, meow.created,                            no",
    "program,    pub, sighting.x,                              yes",
    "program,    pub, $JS.API.STREAM.DELETE.MEOWS,             no",
    "program,    pub, $JS.API.STREAM.DELETE.SIGHTINGS,         no",
    "program,    pub, command.program-add,                     no",
    "program,    pub, command.program-list,                    yes",
    "program,    pub, _INBOX.operations.answer.x,              yes",
    "program,    pub, _INBOX.operations.x.y,                   no",
    "program,    sub, command.program-add,                     no",
    "operations, pub, command.remove,                          yes",
    "operations, pub, index.rebuild,                           yes",
    "operations, pub, meow.created,                            no",
    "operations, pub, $JS.API.STREAM.DELETE.MEOWS,             no",
    "operations, pub, $JS.API.STREAM.MSG.DELETE.MEOWS,         no",
    "operations, sub, command.remove,                          no",
    "supervisor, pub, $JS.API.STREAM.INFO.MEOWS,               yes",
    "supervisor, pub, $JS.API.STREAM.MSG.GET.MEOWS,            no",
    "supervisor, pub, meow.created,                            no",
    "supervisor, sub, >,                                       no"
  })
  void aServiceMayWhatItDoes(String user, String what, String subject, String may)
      throws IOException {
    String command =
        what.equals("pub")
            ? "PUB %s 0\r\n\r\n".formatted(subject)
            : "SUB %s 1\r\n".formatted(subject);

    var answers = answers(login(user), command);

    assertThat(answers).contains("PONG");
    assertThat(answers.stream().noneMatch(line -> line.contains("Permissions Violation")))
        .as(answers.toString())
        .isEqualTo(may.equals("yes"));
  }

  /** It would have NATS remember every message that it delivers, and do little else under load. */
  @Test
  void aServiceMayNotAnswerWhateverItIsSent() throws IOException {
    var answers =
        answers(
            login("command"),
            """
            SUB relay.wakeup 1\r
            PUB relay.wakeup some.place 0\r
            \r
            PUB some.place 0\r
            \r
            """);

    assertThat(answers)
        .anyMatch(line -> line.startsWith("MSG relay.wakeup 1 some.place"))
        .anyMatch(line -> line.contains("Permissions Violation for Publish to \"some.place\""));
  }

  private static String login(String user) throws IOException {
    return ",\"user\":\"%s\",\"pass\":\"%s\""
        .formatted(user, protection.secrets().of(user, Protection.NATS_PASSWORD));
  }

  /** Everything that comes until the server has seen all, or hangs up. */
  private static List<String> answers(String login, String command) throws IOException {
    var answers = new ArrayList<String>();
    try (var socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(nats.url()).getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      lines.readLine();
      socket
          .getOutputStream()
          .write(
              "CONNECT {\"verbose\":false,\"pedantic\":false%s}\r\n%sPING\r\n"
                  .formatted(login, command)
                  .getBytes(US_ASCII));
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.add(line);
        if (line.equals("PONG")) {
          break;
        }
      }
    } catch (SocketException _) {
      // It has hung up.
    }
    return answers;
  }
}
