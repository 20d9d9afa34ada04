package meower.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import meower.e2e.Api;
import meower.e2e.RunningMeower;
import meower.e2e.access.FrontDoor;
import meower.e2e.operators.OperatorCommand;
import meower.operations.connection.ExitStatus;
import meower.standalone.stack.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After a flood of requests everything from before can still be found. */
class FloodIntegrationTests {

  private static final Duration END = Duration.ofMinutes(2);

  /** nginx closes a connection after so many. */
  private static final int ON_A_CONNECTION = 1_000;

  private static final int CONNECTIONS = 5;
  private static final int FEW_BYTES = 64 * 1024;

  /** 35,000 together, each from the second address of this machine, like those of a stranger. */
  private static final List<String> REQUESTS =
      List.of(
          "GET /nothing/%s HTTP/1.1\r\n".formatted("a".repeat(4_000)),
          "GET /search?take=0&query=x HTTP/1.1\r\n",
          "GET /meows?take=x HTTP/1.1\r\n",
          "GET /meows/" + "\u009b" + " HTTP/1.1\r\n",
          "GET /pusher HTTP/1.1\r\nMeower-Pass: x\r\n",
          "POST /meows HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 0\r\n",
          "PUT /meows/x HTTP/1.1\r\nMeower-Undo: x\r\nContent-Length: 0\r\n");

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());

  @AfterEach
  void restore() {
    meower.restore();
  }

  @Test
  void leavesTheLogsOfServicesAndWhoPostedWhat() throws Exception {
    String id = Api.json(api.post("before the flood")).get("id").stringValue();
    Map<Part, byte[]> before = new EnumMap<>(Part.class);
    for (Part service : Part.SERVICES) {
      before.put(service, Files.readAllBytes(log(service)));
    }

    try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String request : REQUESTS) {
        for (int i = 0; i < CONNECTIONS; i++) {
          strangers.execute(() -> flood(request + "Host: localhost\r\n\r\n"));
        }
      }
    }

    for (Map.Entry<Part, byte[]> service : before.entrySet()) {
      byte[] after = Files.readAllBytes(log(service.getKey()));
      assertThat(after).as(service.getKey().label()).startsWith(service.getValue());
      assertThat(after.length - service.getValue().length)
          .as(service.getKey().label())
          .isLessThan(FEW_BYTES);
    }
    OperatorCommand.Result who = OperatorCommand.run(meower.access(), "", "who", id);
    assertThat(who.status()).as(who.output()).isEqualTo(ExitStatus.FINE);
    assertThat(who.output()).contains("created", "127.0.0.1");
    assertThat(Files.readString(meower.data().resolve("nginx/changes.log")))
        .contains("\"client\":\"127.0.0.1\",\"method\":\"POST\",\"path\":\"/meows\"");
  }

  /** What is refused for good ends the connection before all of it is sent. */
  private void flood(String request) {
    byte[] wire = request.repeat(ON_A_CONNECTION).getBytes(StandardCharsets.ISO_8859_1);
    try (Socket plain = new Socket()) {
      plain.bind(new InetSocketAddress("127.0.0.2", 0));
      plain.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), meower.port(Part.NGINX)));
      Socket socket = FrontDoor.opened(plain);
      Thread.startVirtualThread(() -> drain(socket));
      socket.getOutputStream().write(wire);
      await().atMost(END).until(socket::isClosed);
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(?i).*(reset|closed|pipe).*");
    }
  }

  private static void drain(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(?i).*(reset|closed).*");
    }
  }

  private Path log(Part service) {
    return meower.data().resolve("logs").resolve(service.label() + ".log");
  }
}
