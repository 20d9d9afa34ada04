package meower.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import meower.e2e.RunningMeower;
import meower.e2e.hostile.wire.Connection;
import meower.e2e.hostile.wire.Door;
import meower.e2e.hostile.wire.Frames;
import meower.e2e.hostile.wire.RawAnswer;
import meower.e2e.hostile.wire.Request;
import meower.e2e.operators.OperatorCommand;
import meower.standalone.stack.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever some do, everybody else is served, and memory stays bounded. */
class BadPeersIntegrationTests {

  private static final String BIG_PAGE = Request.get("/meows?take=500").wire();
  private static final String HEAD = "POST /meows HTTP/1.1\r\nHost: localhost\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String HANDSHAKE = Frames.handshake("/pusher", "");
  private static final String PROGRAM = "bad-peer";

  /** Blanks, which are refused without asking anybody. */
  private static final String SAID = Frames.text(" ").repeat(4_000);

  private static final Duration WHILE = Duration.ofSeconds(3);
  private static final int AT_ONCE = 50;
  private static final int MEBI = 1024 * 1024;

  private final RunningMeower meower = RunningMeower.get();
  private final Crowd crowd = new Crowd();
  private final Map<Part, Vitals> before = new EnumMap<>(Part.class);
  private final Guest guest = Guest.at(meower.url());

  @BeforeEach
  void lookAround() {
    for (Door door : Door.values()) {
      before.put(door.part(), Vitals.of(meower, door.part()));
    }
  }

  @AfterEach
  void leave() throws Exception {
    guest.close();
    crowd.close();
    OperatorCommand.run(meower.access(), "", "program", "remove", PROGRAM);
  }

  @Test
  void sendersOfSlowHeadersHurtNobody() throws Exception {
    crowd.run(
        600, i -> () -> slowly(door(i), "GET /meows HTTP/1.1\r\n", "X-Slow: " + "s".repeat(99)));

    assertNobodyWasHurt();
  }

  @Test
  void nginxHangsUpOnHeadersThatDoNotEnd() throws Exception {
    List<Duration> lasted =
        crowd.run(100, _ -> () -> untilHungUp("GET /meows HTTP/1.1\r\n", "X-Slow: ssssss"));

    assertThat(lasted).hasSize(100).allMatch(d -> d.toSeconds() < 14);
    assertNobodyWasHurt();
  }

  @Test
  void sendersOfSlowBodiesHurtNobody() throws Exception {
    String head = HEAD + JSON + "Content-Length: 10000\r\n\r\n";
    crowd.run(600, i -> () -> slowly(door(i), head, "{\"body\":\"" + "s".repeat(99)));

    assertNobodyWasHurt();
  }

  @Test
  void hugeRequestsAreRefusedWithoutBeingRead() throws Exception {
    List<Integer> statuses =
        crowd.run(
            24,
            i ->
                () ->
                    huge(
                        door(i),
                        i < 12 ? "Content-Length: 104857600" : "Transfer-Encoding: chunked"));

    assertThat(statuses)
        .isNotEmpty()
        .allMatch(status -> status == 413 || status == 404 || status == 405);
    assertNobodyWasHurt();
  }

  @Test
  void thousandsOfIdleConnectionsHurtNobody() throws Exception {
    List<Connection> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 8_000; i++) {
        idle.add(Connection.to(port(i < 5_000 ? Door.NGINX : door(i))));
      }
      LockSupport.parkNanos(WHILE.toNanos());
      assertThat(Vitals.of(meower, Part.NGINX).descriptors()).isGreaterThan(4_000);
      assertNobodyWasHurt();
    } finally {
      for (Connection connection : idle) {
        connection.reset();
      }
    }
  }

  @Test
  void aFloodOfPipelinedRequestsHurtsNobody() throws Exception {
    String flood = Request.get("/meows?take=1").wire().repeat(AT_ONCE);
    long end = System.nanoTime() + WHILE.toNanos();
    List<Integer> answered = crowd.run(24, i -> () -> pipelined(door(i), flood, end));

    assertThat(answered).anyMatch(answers -> answers >= AT_ONCE);
    assertNobodyWasHurt();
  }

  @Test
  void resetsInTheMiddleHurtNobody() throws Exception {
    List<String> requests =
        List.of(
            HEAD + JSON + "Content-Length: 20\r\n\r\n{\"body\":\"fz reset\"}",
            BIG_PAGE,
            HANDSHAKE,
            publishing() + Frames.text("fz reset").repeat(3));
    crowd.run(
        3_000,
        i ->
            () -> {
              ThreadLocalRandom random = ThreadLocalRandom.current();
              String wire = requests.get(i % requests.size());
              Connection connection = Connection.to(port(door(i)));
              connection.send(wire.substring(0, random.nextInt(1, wire.length() + 1)));
              LockSupport.parkNanos(random.nextLong(20_000_000));
              connection.reset();
              return true;
            });

    assertNobodyWasHurt();
    assertThat(new Logs(meower).badLines()).isEmpty();
  }

  @Test
  void programsThatTakeNoAnswersHurtNobody() throws Exception {
    String handshake = publishing();
    List<Integer> statuses =
        crowd.run(
            AT_ONCE,
            _ ->
                () -> {
                  try (Connection connection = Connection.to(port(Door.NGINX))) {
                    connection.send(handshake);
                    int status = connection.answer(false).orElseThrow().status();
                    connection.send(SAID);
                    LockSupport.parkNanos(WHILE.toNanos());
                    connection.reset();
                    return status;
                  }
                });

    assertThat(statuses).hasSize(AT_ONCE).containsOnly(101);
    assertNobodyWasHurt();
    assertThat(new Logs(meower).badLines()).isEmpty();
  }

  @Test
  void aFloodOfPostsIsRefusedForItsSenderAlone() throws Exception {
    List<RawAnswer> answers =
        crowd.run(
            2_000,
            i ->
                () -> {
                  try (Connection stranger = Connection.to(meower.port(Part.NGINX), "127.0.0.9")) {
                    stranger.send(
                        HEAD.replace("/meows", "/meows?body=fz" + i) + "Content-Length: 0\r\n\r\n");
                    return stranger.answer(false).orElseThrow();
                  }
                });

    List<RawAnswer> refused = answers.stream().filter(a -> a.status() == 429).toList();
    assertThat(refused).hasSizeGreaterThan(1_000).allMatch(a -> !a.header("retry-after").isEmpty());
    assertNobodyWasHurt();
  }

  @Test
  void halfClosedConnectionsEnd() throws Exception {
    List<String> beginnings =
        List.of("", "GET /me", HEAD + JSON, HEAD + JSON + "Content-Length: 99\r\n\r\n{");
    List<Boolean> ended =
        crowd.run(
            400,
            i ->
                () -> {
                  try (Connection connection = Connection.to(port(door(i)))) {
                    connection.send(beginnings.get(i % beginnings.size()));
                    connection.finish();
                    Optional<RawAnswer> answer = connection.answer(false);
                    return answer.isEmpty() || connection.answer(false).isEmpty();
                  }
                });

    assertThat(ended).allMatch(e -> e);
    assertNobodyWasHurt();
  }

  /** Returns a handshake of a program, which is made for it. */
  private String publishing() throws Exception {
    OperatorCommand.Result added =
        OperatorCommand.run(meower.access(), "", "program", "add", PROGRAM, "--may", "post");
    String token =
        added.output().lines().filter(line -> line.startsWith("mwr_")).findFirst().orElseThrow();
    return Frames.handshake("/publish", "Authorization: Bearer " + token + "\r\n");
  }

  /** Half of them come through nginx. */
  private static Door door(int i) {
    return i % 2 == 0 ? Door.NGINX : Door.SERVICES.get(i / 2 % Door.SERVICES.size());
  }

  private int port(Door door) {
    return meower.port(door.part());
  }

  private boolean slowly(Door door, String atOnce, String slowly) throws IOException {
    try (Connection connection = Connection.to(port(door))) {
      connection.send(atOnce);
      connection.sendSlowly(slowly, WHILE.dividedBy(slowly.length()));
      return true;
    }
  }

  private Duration untilHungUp(String atOnce, String slowly) throws IOException {
    long started = System.nanoTime();
    try (Connection connection = Connection.to(port(Door.NGINX))) {
      connection.send(atOnce);
      connection.sendSlowly(slowly, Duration.ofMillis(100));
      connection.in().skip(Long.MAX_VALUE);
    } catch (java.net.SocketTimeoutException e) {
      return Duration.ofDays(1);
    } catch (java.net.SocketException _) {
      // Reset is also a way to hang up.
    }
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** Sends 100 MB for as long as the server takes it, then reads the answer. */
  private int huge(Door door, String framing) throws IOException {
    try (Connection connection = Connection.to(port(door))) {
      connection.send(HEAD + JSON + framing + "\r\n\r\n");
      boolean chunked = framing.endsWith("chunked");
      String piece = (chunked ? "10000\r\n" : "") + "x".repeat(65_536) + (chunked ? "\r\n" : "");
      try {
        for (int sent = 0; sent < 100 * MEBI; sent += 65_536) {
          connection.send(piece);
        }
      } catch (java.net.SocketException _) {
        // It does not want more; what it said before it hung up may have been lost with that.
      }
      return connection.answer(false).orElseThrow(() -> new IOException("no answer")).status();
    }
  }

  private int pipelined(Door door, String flood, long end) throws IOException {
    int answered = 0;
    while (System.nanoTime() < end) {
      try (Connection connection = Connection.to(port(door))) {
        connection.send(flood);
        boolean more = true;
        for (int i = 0; i < AT_ONCE && more; i++) {
          more = connection.answer(false).filter(answer -> !answer.isLast()).isPresent();
          answered++;
        }
      }
    }
    return answered;
  }

  private void assertNobodyWasHurt() throws InterruptedException {
    guest.assertWasServed();
    for (Vitals was : before.values()) {
      Vitals is = Vitals.of(meower, was.part());
      Bounds.assertBounded(is);
      assertThat(is.heap()).as("heap of %s", is).isLessThan(was.heap() + Bounds.WHILE_ATTACKED_MIB);
    }
  }
}
