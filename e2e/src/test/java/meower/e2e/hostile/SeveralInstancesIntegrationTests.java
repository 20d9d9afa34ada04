package meower.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import meower.e2e.access.FrontDoor;
import meower.e2e.hostile.wire.Connection;
import meower.e2e.hostile.wire.Request;
import meower.standalone.preparation.Preparation;
import meower.standalone.proxy.Limits;
import meower.standalone.stack.Instance;
import meower.standalone.stack.Part;
import meower.standalone.stack.ProjectLayout;
import meower.standalone.stack.Stack;
import meower.standalone.stack.StackOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two of each service: no request makes nginx leave both out, and one that is ill is hardly
 * noticed.
 */
class SeveralInstancesIntegrationTests {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration WHILE = Duration.ofSeconds(12);
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final List<Instance> SECOND =
      List.of(new Instance(Part.COMMAND, 2), new Instance(Part.QUERY, 2));

  @TempDir private static Path data;
  private static Stack stack;

  private final Crowd crowd = new Crowd();

  @BeforeAll
  static void start() throws Exception {
    ProjectLayout project = ProjectLayout.find();
    Preparation.prepare(project);
    StackOptions options =
        new StackOptions(data, FrontDoor.free(2)).with(Limits.NOT_FOR_THIS_MACHINE);
    stack = new Stack(project, options, line -> System.out.println("two: " + line));
    stack.start((instance, after) -> System.out.println("two: " + instance + " after " + after));
    FrontDoor.trust(options);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @AfterEach
  void restore() {
    crowd.close();
    for (Instance instance : SECOND) {
      if (stack.isAlive(instance)) {
        stack.resume(instance);
      } else {
        stack.start(instance);
      }
    }
    stack.awaitHealthy(PATIENCE);
  }

  @Test
  void readsWithABodyStopNobodysPosts() throws Exception {
    assertNobodyIsHurtBy(
        Request.get("/healthz").with("Content-Length: 1").wire() + "x",
        Request.get("/healthz").with("Content-Length: 9").wire(),
        Request.get("/healthz").with("Transfer-Encoding: chunked").wire(),
        Request.get("/meows?take=2").with("Content-Length: 1").wire() + "x",
        Request.get("/search?query=x").with("Content-Length: 9").wire());
  }

  @Test
  void postsWhoseBodyDoesNotComeStopNobodysPosts() throws Exception {
    assertNobodyIsHurtBy(
        Request.get("/meows").withMethod("POST").wire().replace("Length: 0", "Length: 20"),
        Request.get("/meows").withMethod("POST").inChunks().wire().replace("0\r\n\r\n", "5\r\n{"));
  }

  @Test
  void nobodyNoticesThatAnInstanceIsKilled() throws Exception {
    List<Visit> visits = visitWhile(() -> SECOND.forEach(stack::kill));

    assertThat(visits).allMatch(Visit::wentWell);
  }

  /** Whom it has already taken has to wait until nginx gives up; others do not follow there. */
  @Test
  void anInstanceThatHangsHoldsUpFew() throws Exception {
    List<Visit> visits = visitWhile(() -> SECOND.forEach(stack::pause));

    assertThat(visits.stream().filter(visit -> !visit.wentWell()).count())
        .isLessThan(visits.size() / 25);
  }

  private void assertNobodyIsHurtBy(String... wires) throws Exception {
    long end = System.nanoTime() + WHILE.toNanos();
    List<Connection> open = new ArrayList<>();
    try (Guest guest = Guest.at(FrontDoor.url(stack.ports()))) {
      for (int i = 0; System.nanoTime() < end; i++) {
        Connection stranger = Connection.to(FrontDoor.port(stack.ports()));
        open.add(stranger);
        stranger.send(wires[i % wires.length]);
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      guest.assertWasServed();
    } finally {
      for (Connection connection : open) {
        connection.close();
      }
    }
  }

  /**
   * @param millis until the answer came
   */
  private record Visit(int status, long millis) {

    boolean wentWell() {
      return (status == 200 || status == 201) && millis < 3_000;
    }
  }

  /** Posts and reads come evenly, whether or not those before have been answered. */
  private List<Visit> visitWhile(Runnable misfortune) throws Exception {
    int count = (int) (WHILE.toMillis() / 50);
    List<Visit> visits =
        crowd.run(
            count,
            i ->
                () -> {
                  LockSupport.parkNanos(Duration.ofMillis(50L * i).toNanos());
                  if (i == count / 8) {
                    misfortune.run();
                  }
                  return visit(i);
                });
    assertThat(visits).hasSize(count);
    return visits;
  }

  private static Visit visit(int i) throws IOException {
    Request request =
        i % 2 == 0
            ? Request.get("/meows?body=visit" + i).withMethod("POST")
            : Request.get("/meows?take=2");
    long started = System.nanoTime();
    try (Connection connection = Connection.to(FrontDoor.port(stack.ports()))) {
      connection.send(request.wire());
      int status = connection.answer(false).orElseThrow(() -> new IOException("none")).status();
      return new Visit(status, Duration.ofNanos(System.nanoTime() - started).toMillis());
    }
  }
}
