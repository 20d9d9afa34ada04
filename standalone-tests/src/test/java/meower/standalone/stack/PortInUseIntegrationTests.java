package meower.standalone.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import meower.standalone.process.Ports;
import meower.standalone.proxy.CallbackDoor;
import meower.standalone.proxy.Doors;
import meower.standalone.proxy.Network;
import org.junit.jupiter.api.Test;

class PortInUseIntegrationTests {
  private static final List<Network> PROXIES = List.of(new Network("127.0.0.1"));

  private final PortPlan plan = PortPlan.free();
  private final StackOptions options = new StackOptions(Path.of("/clone/data"), plan);

  @Test
  void namesThePortAndTheWayOut() throws IOException {
    assertThatCode(() -> PortInUseException.check(options)).doesNotThrowAnyException();
    assertTaken(
        options,
        plan.of(Part.NATS),
        "(for nats) is in use by another program. Choose other ports with --port, for example --port "
            + (plan.nginx() + 1000)
            + ".");
  }

  @Test
  void looksAtThePortsOfFurtherDoorsToo() throws IOException {
    int further = Ports.free();
    var callback = options.with(Doors.OPEN.withCallback(new CallbackDoor(further, "tester")));
    var behind = options.with(Doors.behind(PROXIES, OptionalInt.of(further)));

    for (StackOptions free : List.of(callback, behind)) {
      assertThatCode(() -> PortInUseException.check(free)).doesNotThrowAnyException();
    }
    assertTaken(
        callback,
        further,
        "(for --callback-port) is in use by another program. Choose another one.");
    assertTaken(
        behind,
        further,
        "(for --proxy-protocol) is in use by another program. Choose another one.");
  }

  @Test
  void saysWhichTwoWouldHaveTheSame() {
    int port = plan.of(Part.QUERY);
    var callback = options.with(Doors.OPEN.withCallback(new CallbackDoor(port, "tester")));

    assertThatThrownBy(() -> PortInUseException.check(callback))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "port %d is that of query already. Choose another one for --callback-port"
                .formatted(port));
    assertThatThrownBy(() ->
            Doors.behind(PROXIES, OptionalInt.of(port))
                .withCallback(new CallbackDoor(port, "tester")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--callback-port and --proxy-protocol need a port each, not " + port);
  }

  private static void assertTaken(StackOptions options, int port, String said) throws IOException {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> PortInUseException.check(options))
          .isInstanceOf(PortInUseException.class)
          .hasMessage("port " + port + " " + said);
    }
  }
}
