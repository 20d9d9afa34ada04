package org.apache.tomcat.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.catalina.util.ServerInfo;
import org.junit.jupiter.api.Test;

class EncodedFramesTests {

  /** With these the sockets of the pusher were tried, also slow and broken ones. */
  private static final List<String> TRIED = List.of("11.0.22.0");

  @Test
  void wasTriedWithThisTomcat() {
    assertThat(TRIED)
        .as(
            "EncodedFrames opens private fields of Tomcat (socketWrapper, upgradeInfo) and takes turns"
                + " with its session. Compare WsRemoteEndpointImplBase, WsRemoteEndpointImplServer"
                + " and WsSession of this version with those of the last one here, run the"
                + " integration tests of the pusher-service and ./meower bench push, and then add"
                + " the version")
        .contains(ServerInfo.getServerNumber());
  }
}
