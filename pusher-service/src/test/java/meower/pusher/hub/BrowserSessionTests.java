package meower.pusher.hub;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the container is told; on a machine that is busy nothing else decides what arrives. */
class BrowserSessionTests {

  private static final String GOODBYE =
      "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";

  private final Map<String, Object> properties = new HashMap<>();
  private final BrowserSession browser =
      new BrowserSession(session(), new Nowhere(), Duration.ofSeconds(30));

  private static final class Nowhere implements BrowserSession.Output {

    @Override
    public void write(List<ByteBuffer> pieces, Duration timeout) {}

    @Override
    public boolean isOver() {
      return false;
    }

    @Override
    public long received() {
      return 0;
    }
  }

  @Test
  void givesAGoodbyeTimeToBeSent() throws IOException {
    browser.close(CloseReasons.NO_FEED_YET);

    assertThat((Long) properties.get(GOODBYE)).isGreaterThanOrEqualTo(1_000);
  }

  @Test
  void waitsForNothingWhenItCutsOff() {
    browser.cutOff(CloseReasons.SHUTTING_DOWN);

    assertThat(properties).containsEntry(GOODBYE, 1L);
  }

  private Session session() {
    return (Session)
        Proxy.newProxyInstance(
            Session.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (_, method, _) -> method.getName().equals("getUserProperties") ? properties : null);
  }
}
