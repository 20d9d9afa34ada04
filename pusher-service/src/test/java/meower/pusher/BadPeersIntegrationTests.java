package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import meower.pusher.RawBrowser.RawFrame;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadPeersIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  /** Each takes two files of this process, which is both ends of it; 20,000 is a common limit. */
  private static final int IDLE = 9_000;

  /** More than fits into the time until the connection of a flooder is cut off. */
  private static final long FLOOD = 1_000_000_000;

  /** Client and server together; the browser's half is a socket and its buffer. */
  private static final long BYTES_FOR_EACH = 60_000;

  private static final String PING = "898000000000";

  /** Somebody who comes through the proxy. */
  private static final String CLIENT = "X-Forwarded-For: 198.51.100.";

  private static TestNats nats;
  private static MeowsStream stream;
  private static Pusher pusher;

  @BeforeAll
  static void start() throws Exception {
    nats = TestServers.newNats();
    stream = MeowsStream.created(nats.url());
    // Idle browsers that are no browsers answer no ping.
    pusher = Pusher.start(nats.url(), "meower.pusher.ping-interval=10m");
    pusher.awaitFeed();
  }

  @AfterAll
  static void stop() {
    pusher.close();
    stream.close();
    nats.stop();
  }

  @Test
  void closesAFloodOfCommandsAndServesTheOthers() throws Exception {
    try (RawBrowser flooding = RawBrowser.connect(pusher.socket(""), CLIENT + 1);
        Browser other = pusher.connect("")) {
      CompletableFuture<Long> flood =
          CompletableFuture.supplyAsync(() -> flood(flooding), Thread::startVirtualThread);
      stream.publish(1, "meanwhile");

      await().atMost(SOON).until(() -> other.count() == 2);
      assertThat(closeCode(flooding)).isEqualTo(1008);
      assertThat(flood.get(40, TimeUnit.SECONDS)).isLessThan(FLOOD);
      assertThat(other.isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"8980 00000000, ''", "8a80 00000000, ''", "0080 00000000, 0184 00000000 73756220"})
  void closesAClientThatFloodsWithFramesOfWhichNobodyHears(String frame, String before)
      throws Exception {
    try (RawBrowser flooding = RawBrowser.connect(pusher.socket(""));
        Browser quiet = pusher.connect("")) {
      flooding.sendHex(before.replace(" ", ""));
      for (int i = 0; i < 6; i++) {
        flooding.sendHex(frame.replace(" ", "").repeat(100));
      }
      RawFrame last = flooding.read();
      while (last.opcode() != RawBrowser.CLOSE) {
        last = flooding.read();
      }
      assertThat(last.closeCode()).isEqualTo(1008);
      assertThat(last.text()).contains("too many frames");
      assertThat(quiet.isOpen()).isTrue();
    }
  }

  /** None of them alone sends too many. */
  @Test
  void closesConnectionsOfOneClientThatFloodTogether() throws Exception {
    List<RawBrowser> flooding = new ArrayList<>();
    try (RawBrowser quiet = RawBrowser.connect(pusher.socket(""), CLIENT + 2);
        Browser other = pusher.connect("")) {
      for (int i = 0; i < 30; i++) {
        flooding.add(RawBrowser.connect(pusher.socket(""), CLIENT + 2));
      }
      for (RawBrowser each : flooding) {
        each.sendHex(PING.repeat(400));
      }
      for (RawBrowser each : flooding) {
        assertThat(closeCode(each)).isEqualTo(1013);
      }
      try (RawBrowser again = RawBrowser.connect(pusher.socket(""), CLIENT + 2)) {
        assertThat(closeCode(again)).isEqualTo(1013);
      }
      quiet.sendHex(PING);
      assertThat(quiet.read().opcode()).isEqualTo(RawBrowser.TEXT);
      assertThat(quiet.read().opcode()).isEqualTo(RawBrowser.PONG);
      assertThat(other.isOpen()).isTrue();
    } finally {
      for (RawBrowser each : flooding) {
        each.close();
      }
    }
  }

  /** Frames as they are on the wire, in hexadecimal; 00000000 is the mask. */
  @ParameterizedTest
  @CsvSource({
    "not masked, 810161, 1002",
    "a reserved opcode, 838000000000, 1002",
    "a reserved bit, c18000000000, 1002",
    "a fragmented ping, 098000000000, 1002",
    "a ping that is too long, 89fe007e00000000, 1002",
    "a continuation of nothing, 808000000000, 1002",
    "no UTF-8, 818200000000c328, 1007",
    "a close frame with half a code, 88810000000003, 1002",
  })
  void closesWhoBreaksTheProtocolItself(String what, String wire, int code) throws Exception {
    try (RawBrowser breaking = RawBrowser.connect(pusher.socket(""));
        Browser other = pusher.connect("")) {
      breaking.sendHex(wire);

      assertThat(closeCode(breaking)).as(what).isEqualTo(code);
      assertThat(other.isOpen()).isTrue();
    }
  }

  @Test
  void closesAMessageThatIsAnnouncedAsHuge() throws Exception {
    try (RawBrowser huge = RawBrowser.connect(pusher.socket(""))) {
      huge.sendHex("81ff" + "00007fffffffffff" + "00000000" + "78".repeat(2_000));

      assertThat(closeCode(huge)).isIn(1008, 1009);
    }
  }

  @Test
  void letsGoOfHandshakesThatAreNeverFinished() throws Exception {
    List<Socket> halfOpen = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), pusher.port());
      socket.setSoTimeout((int) SOON.multipliedBy(2).toMillis());
      socket
          .getOutputStream()
          .write("GET /pusher HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
      halfOpen.add(socket);
    }
    try (Browser other = pusher.connect("")) {
      for (Socket socket : halfOpen) {
        assertThat(endOf(socket)).isTrue();
        socket.close();
      }
      assertThat(other.isOpen()).isTrue();
    }
  }

  @Test
  void carriesThousandsOfIdleBrowsersInLittleMemory() throws Exception {
    await().atMost(SOON).until(() -> pusher.subscribers() == 0);
    long before = usedHeap();
    List<RawBrowser> idle = new ArrayList<>(IDLE);
    for (int i = 0; i < IDLE; i++) {
      RawBrowser browser = RawBrowser.connect(pusher.socket(""));
      assertThat(browser.read().text()).startsWith("{\"kind\":2,");
      idle.add(browser);
    }
    assertThat(pusher.subscribers()).isEqualTo(IDLE);
    long each = (usedHeap() - before) / IDLE;
    assertThat(each).isLessThan(BYTES_FOR_EACH);

    stream.publish(1, "for all of them");

    for (RawBrowser browser : idle) {
      assertThat(next(browser).text()).startsWith("{\"kind\":1,");
      browser.close();
    }
    await().atMost(SOON).until(() -> pusher.subscribers() == 0);
  }

  /** Sends commands until the connection is gone; returns how many. */
  private static long flood(RawBrowser browser) {
    byte[] command = "sub #cats".getBytes(StandardCharsets.US_ASCII);
    long sent = 0;
    try {
      while (sent < FLOOD) {
        browser.send(RawBrowser.TEXT, command);
        sent++;
      }
    } catch (IOException e) {
      // It was cut off, as it should be.
      return sent;
    }
    return sent;
  }

  private static int closeCode(RawBrowser browser) throws IOException {
    RawFrame frame = browser.read();
    while (frame.opcode() != RawBrowser.CLOSE) {
      frame = browser.read();
    }
    return frame.closeCode();
  }

  /** Returns the next frame that is no ping. */
  private static RawFrame next(RawBrowser browser) throws IOException {
    RawFrame frame = browser.read();
    while (frame.opcode() == RawBrowser.PING) {
      frame = browser.read();
    }
    return frame;
  }

  /** Reads up to the end, also past what the server says about an unfinished request. */
  private static boolean endOf(Socket socket) throws IOException {
    return socket.getInputStream().readAllBytes().length < 10_000;
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
