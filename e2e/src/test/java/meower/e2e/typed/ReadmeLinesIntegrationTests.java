package meower.e2e.typed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import meower.e2e.Api;
import meower.e2e.RunningMeower;
import meower.e2e.operators.OperatorCommand;
import meower.standalone.launcher.LauncherOptions;
import meower.standalone.stack.PortPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Pastes each line of the README's table as it stands; those with TLS are in {@code
 * TlsIntegrationTests}.
 */
class ReadmeLinesIntegrationTests {

  private static final String LISTENER = "a listener with a password";
  private static final String LISTEN = "to hear all";
  private static final String TOPICS = "to hear of some topics";
  private static final String EVENTS = "the feed with nothing but HTTP";
  private static final String SEARCH = "what a search finds";
  private static final String BROKER = "a broker";
  private static final String FEED = "a queue that fills from the feed";
  private static final String PUSH = "to be called";
  private static final String PRESENCE = "who is here";
  private static final String TWO = "nobody missed";
  private static final String SECURE = "everything over TLS";

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());
  private PastedLines lines;
  private Workplace workplace;

  @BeforeEach
  void open() throws Exception {
    lines = PastedLines.read();
    workplace = Workplace.of(meower.data(), meower.stack().ports());
  }

  @AfterEach
  void close() throws Exception {
    workplace.close();
    for (String program : List.of("user", "w", "tester")) {
      OperatorCommand.run(meower.access(), "", "program", "remove", program);
    }
  }

  @Test
  void pastesEachRow() {
    List<String> pasted =
        List.of(
            LISTENER, LISTEN, TOPICS, EVENTS, SEARCH, BROKER, FEED, PUSH, PRESENCE, TWO, SECURE);

    assertThat(lines.wanted())
        .zipSatisfy(pasted, (row, beginning) -> assertThat(row).startsWith(beginning));
  }

  @Test
  void whatIsTypedIsHeardByAllWhoListen() throws Exception {
    List<String> listener = lines.about(LISTENER);
    Terminal all = workplace.running(lines.about(LISTEN).getFirst());
    Terminal some = workplace.running(lines.about(LISTEN).getFirst());
    Terminal events = workplace.running(lines.about(EVENTS).getFirst());
    Terminal search = workplace.running(lines.about(SEARCH).getFirst());
    for (Terminal opened : List.of(all, some)) {
      opened.await("\"kind\":2");
    }
    for (Terminal opened : List.of(events, search)) {
      opened.await("event: hello");
    }
    some.type(lines.about(TOPICS).getFirst());
    try (Terminal shell = workplace.terminal()) {
      shell.run(listener.getFirst());
    }

    Terminal typing = workplace.running(listener.get(1));
    typing.await("Connected");
    for (String meow : List.of("typed of #cats", "typed of cat food", "typed of nothing")) {
      typing.type(meow);
    }

    typing.await("(?s)(\"status\":201.*){3}");
    for (String meow : List.of("typed of #cats", "typed of cat food", "typed of nothing")) {
      all.await(meow);
    }
    some.await("typed of #cats");
    events.await("typed of #cats");
    search.await("typed of cat food");
    some.type(lines.about(TOPICS).get(1));
    typing.type("typed of #cats again");
    some.await("typed of #cats again");
    assertThat(events.shown()).doesNotContain("cat food");
    assertThat(search.shown()).doesNotContain("typed of nothing");
    assertThat(lines.about(TOPICS)).containsExactly("sub #cats", "unsub #cats");
  }

  @Test
  void aBrokerWithNothingButCurl() throws Exception {
    List<String> broker = lines.about(BROKER);
    try (Terminal shell = workplace.terminal()) {
      for (String line : broker.subList(0, 2)) {
        shell.run(workplace.here(line));
      }
      shell.run(workplace.here(broker.get(2)));
      shell.run("LEASE=" + lease(shell.run(broker.get(3))));
      assertThat(shell.run(broker.get(4))).doesNotContain("problems");
      shell.run("LEASE=" + lease(shell.run(broker.get(3))));
      assertThat(shell.run(broker.get(5))).doesNotContain("problems");
      assertThat(shell.run(broker.get(5))).contains("/problems/message-gone");

      List<String> feed = lines.about(FEED);
      shell.run(workplace.here(feed.getFirst()));
      api.post("for the queue of #cats");
      assertThat(shell.run(workplace.here(feed.get(1)))).contains("for the queue of #cats");

      List<String> push = lines.about(PUSH);
      Terminal receiver = workplace.running(push.getFirst());
      receiver.await("9000");
      shell.run(workplace.here(push.get(1)));
      shell.run(push.get(2));
      receiver.await("\"order\":7");
    }
  }

  private static String lease(String fetched) {
    var lease = Pattern.compile("\"lease\":\"([^\"]+)\"").matcher(fetched);
    assertThat(lease.find()).as(fetched).isTrue();
    return lease.group(1);
  }

  @Test
  void theEvenOnesAreHere() throws Exception {
    List<String> presence = lines.about(PRESENCE);
    try (Terminal shell = workplace.terminal()) {
      shell.run(presence.getFirst());
    }
    Terminal demo = workplace.running(presence.get(1));

    Terminal watch = workplace.running(presence.get(2));

    watch.await("last_seen");
    demo.await("here");
  }

  @Test
  void theLauncherTakesWhatItIsStartedWith() {
    Path data = meower.data();
    LauncherOptions two = LauncherOptions.parse(arguments(TWO), data);
    assertThat(two.ports()).isEqualTo(new PortPlan(8080, 2, false));
    LauncherOptions secure = LauncherOptions.parse(arguments(SECURE), data);
    assertThat(secure.ports()).isEqualTo(new PortPlan(8080, 1, true));
    assertThat(secure.members()).isTrue();
  }

  private List<String> arguments(String wanted) {
    String line = lines.about(wanted).getFirst();
    assertThat(line).startsWith("./meower up ");
    return List.of(line.substring("./meower up ".length()).split(" "));
  }
}
