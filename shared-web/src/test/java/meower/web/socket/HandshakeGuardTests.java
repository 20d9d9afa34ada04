package meower.web.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.net.URI;
import java.util.List;
import java.util.Map;
import meower.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.socket.WebSocketHandler;

class HandshakeGuardTests {

  private final HandshakeGuard guard = new HandshakeGuard(this::check);

  @Test
  void acceptsAHandshake() throws Exception {
    assertThat(statusOf(handshake())).isEqualTo(200);
  }

  @Test
  void refusesAPageOfAnotherOrigin() throws Exception {
    assertThat(statusOf(handshakeFrom("https://example.org"))).isEqualTo(200);

    MockHttpServletResponse refused = answerTo(handshakeFrom("https://elsewhere.example"));
    assertThat(refused.getStatus()).isEqualTo(403);
    assertThat(refused.getContentAsString()).contains("MEOWER_ALLOWED_ORIGINS");
  }

  @Test
  void refusesParametersThatCannotBeReadBeforeItIsTooLate() throws Exception {
    assertThat(statusOf(handshakeWith("after=%zz"))).isEqualTo(400);
  }

  @Test
  void refusesParametersThatMeanNothing() throws Exception {
    assertThat(statusOf(handshakeWith("good=1"))).isEqualTo(200);
    assertThat(statusOf(handshakeWith("bad=1"))).isEqualTo(400);
  }

  @Test
  void refusesAHandshakeThatIsNotComplete() throws Exception {
    for (String header : List.of("Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version")) {
      MockHttpServletRequest handshake = handshake();
      handshake.removeHeader(header);

      assertThat(statusOf(handshake)).as(header).isEqualTo(400);
    }
  }

  @Test
  void refusesAHandshakeThatIsNoGet() throws Exception {
    MockHttpServletRequest handshake = handshake();
    handshake.setMethod("POST");

    MockHttpServletResponse refused = answerTo(handshake);
    assertThat(refused.getStatus()).isEqualTo(405);
    assertThat(refused.getHeader("Allow")).isEqualTo("GET, HEAD");
    assertThat(refused.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(refused.getContentType()).isEqualTo("application/problem+json");
  }

  @Test
  void answersAHeadAsAGetThatCannotBecomeASocket() throws Exception {
    MockHttpServletRequest handshake = handshake();
    handshake.setMethod("HEAD");

    assertThat(answerTo(handshake).getStatus()).isEqualTo(400);
  }

  private static MockHttpServletRequest handshakeWith(String query) {
    MockHttpServletRequest handshake = handshake();
    handshake.setQueryString(query);
    return handshake;
  }

  private static MockHttpServletRequest handshakeFrom(String origin) {
    MockHttpServletRequest handshake = handshake();
    handshake.addHeader("Host", "example.org:443");
    handshake.addHeader("Origin", origin);
    return handshake;
  }

  private static MockHttpServletRequest handshake() {
    MockHttpServletRequest handshake = new MockHttpServletRequest("GET", "/pusher");
    handshake.addHeader("Connection", "keep-alive, Upgrade");
    handshake.addHeader("Upgrade", "websocket");
    handshake.addHeader("Sec-WebSocket-Version", "13");
    handshake.addHeader("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    return handshake;
  }

  private int statusOf(MockHttpServletRequest handshake) throws Exception {
    return answerTo(handshake).getStatus();
  }

  private MockHttpServletResponse answerTo(MockHttpServletRequest handshake) throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    ServletServerHttpResponse answer = new ServletServerHttpResponse(response);
    boolean accepted =
        guard.beforeHandshake(
            new ServletServerHttpRequest(handshake),
            answer,
            mock(WebSocketHandler.class),
            Map.of());
    answer.close();
    assertThat(accepted).isEqualTo(response.getStatus() == 200);
    return response;
  }

  private void check(URI address) {
    if (address.getQuery() != null && address.getQuery().startsWith("bad")) {
      throw ProblemException.badParameter("bad", "Send a good one.");
    }
  }
}
