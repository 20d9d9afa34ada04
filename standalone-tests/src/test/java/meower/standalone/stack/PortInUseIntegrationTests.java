package meower.standalone.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortInUseIntegrationTests {
  @Test
  void namesThePortAndTheWayOut() throws IOException {
    var plan = PortPlan.free();
    assertThatCode(() -> PortInUseException.check(plan)).doesNotThrowAnyException();
    try (var _ = new ServerSocket(plan.of(Part.NATS), 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> PortInUseException.check(plan))
          .isInstanceOf(PortInUseException.class)
          .hasMessageContaining("port " + plan.of(Part.NATS) + " (for nats) is in use")
          .hasMessageContaining("--port");
    }
  }
}
