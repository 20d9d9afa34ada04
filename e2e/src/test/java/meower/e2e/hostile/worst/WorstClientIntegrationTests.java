package meower.e2e.hostile.worst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import meower.e2e.Api;
import meower.e2e.access.Access;
import meower.e2e.hostile.wire.Request;
import meower.e2e.operators.OperatorCommand;
import meower.standalone.preparation.Preparation;
import meower.standalone.process.DataFolder;
import meower.standalone.proxy.Doors;
import meower.standalone.proxy.Network;
import meower.standalone.stack.PortPlan;
import meower.standalone.stack.ProjectLayout;
import meower.standalone.stack.RunningStack;
import meower.standalone.stack.Stack;
import meower.standalone.stack.StackOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two instances of each service with the limits that everybody has; one client reaches all of them
 * at once. What its neighbour gets meanwhile is printed beside what that one gets in quiet times.
 */
@EnabledIfSystemProperty(named = WorstClientIntegrationTests.CLIENTS, matches = "[1-9]")
class WorstClientIntegrationTests {

  /**
   * How many there are, one after the other. Only a machine that is quick enough fills all places.
   */
  static final String CLIENTS = "meower.worst.clients";

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration WHILE = Duration.ofSeconds(5);
  private static final String PROGRAM = "worst";
  private static final int NEIGHBOUR = 200;

  private static final List<Integer> ATTACKERS =
      IntStream.range(0, Integer.getInteger(CLIENTS, 1)).map(i -> 2 + i).boxed().toList();

  /** By which word each door says that it gives no more. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "post", "posts",
          "search", "lookups",
          "page", "lookups",
          "newest", "requests",
          "file", "requests",
          "form", "requests",
          "half", "connections",
          "socket", "sockets",
          "guess", "429");

  @TempDir private static Path data;
  private static Stack stack;
  private static WorstClient.Knowledge known;

  @BeforeAll
  static void start() throws Exception {
    ProjectLayout project = ProjectLayout.find();
    Preparation.prepare(project);
    stack =
        new Stack(
            project,
            new StackOptions(data, PortPlan.free(2))
                .with(
                    Doors.behind(List.of(new Network(Address.PROXY + "/32")), OptionalInt.empty())),
            line -> System.out.println("worst: " + line));
    stack.start((instance, after) -> System.out.println("worst: " + instance + " after " + after));
    RunningStack.announce(new DataFolder(data), stack.ports());
    known = knowledge();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itsNeighbourIsServed(boolean isForwarded) throws Exception {
    try (Neighbour neighbour = new Neighbour(address(NEIGHBOUR, isForwarded))) {
      pause();
      // Each is somebody who has not asked for anything yet.
      for (int number : ATTACKERS) {
        neighbour.next();
        pause();
        Window quiet = neighbour.next();
        try (WorstClient worst = new WorstClient(address(number, isForwarded), known)) {
          worst.begin();
          await().atMost(SOON).untilAsserted(() -> assertReachesAllLimits(worst.tally()));
          worst.flood();
          pause();
          Window attacked = neighbour.next();
          System.out.printf(
              "worst: beside %d, through a proxy: %s%n%sand that one got %s%n",
              number, isForwarded, attacked.comparedWith(quiet), worst.tally());
          await().atMost(SOON).until(() -> worst.tally().has("frame", "lost"));
        }
      }
      await().atMost(SOON).until(neighbour::hasHeardAll);
      assertThat(neighbour.failures()).isEmpty();
    }
  }

  private static void assertReachesAllLimits(Tally tally) {
    assertThat(LIMITS.entrySet())
        .as(tally::toString)
        .allMatch(limit -> tally.has(limit.getKey(), limit.getValue()));
  }

  private static void pause() {
    LockSupport.parkNanos(WHILE.toNanos());
  }

  private static Address address(int number, boolean isForwarded) {
    String network = isForwarded ? "198.51.100." : "127.0.0.";
    return new Address(stack.ports().nginx(), network + number, isForwarded);
  }

  private static WorstClient.Knowledge knowledge() throws Exception {
    Api api = new Api("http://127.0.0.1:" + stack.ports().nginx());
    Matcher script = Pattern.compile("/assets/[^\"]+\\.js").matcher(api.get("/").body());
    assertThat(script.find()).isTrue();
    String position = api.get("/meows").headers().firstValue("Meower-Position").orElseThrow();
    Access access = new Access(stack.ports(), new DataFolder(data));
    String password = "a password of " + PROGRAM;
    OperatorCommand.run(access, "", "program", "add", PROGRAM, "--password", password);
    String token =
        OperatorCommand.run(access, "", "program", "add", PROGRAM + "-2")
            .output()
            .lines()
            .filter(line -> line.startsWith("mwr_"))
            .findFirst()
            .orElseThrow();
    makeQueue(token);
    return new WorstClient.Knowledge(
        script.group(), position.replaceAll("-\\d+$", "-0"), PROGRAM, token);
  }

  private static void makeQueue(String token) throws IOException {
    try (Line line = new Line(address(1, false))) {
      List<String> headers =
          List.of(
              "Host: localhost",
              "Authorization: Bearer " + token,
              "Content-Type: application/json");
      Request put =
          new Request("PUT", "/queues/" + PROGRAM, headers, "{}", false, Optional.empty());
      assertThat(line.ask(put).status()).isEqualTo(201);
    }
  }
}
