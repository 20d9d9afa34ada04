package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeGuardTests {

  private final HandshakeGuard guard = new HandshakeGuard(List.of("https://meower.example"));

  @Test
  void allowsAProgramThatSendsNoOrigin() {
    assertThat(guard.isAllowed(null, "localhost:8080")).isTrue();
  }

  @Test
  void allowsThePageOfTheSameHostAndPort() {
    assertThat(guard.isAllowed("http://localhost:8080", "localhost:8080")).isTrue();
    assertThat(guard.isAllowed("https://Meower.org", "meower.org")).isTrue();
  }

  @Test
  void refusesOtherHostsAndPorts() {
    assertThat(guard.isAllowed("http://localhost:8081", "localhost:8080")).isFalse();
    assertThat(guard.isAllowed("http://localhost", "localhost:8080")).isFalse();
    assertThat(guard.isAllowed("http://evil.example", "meower.org")).isFalse();
    assertThat(guard.isAllowed("http://meower.org.evil.example", "meower.org")).isFalse();
    assertThat(guard.isAllowed("null", "meower.org")).isFalse();
    assertThat(guard.isAllowed("http://", null)).isFalse();
  }

  @Test
  void allowsTheOriginsThatTheOperatorNamed() {
    assertThat(guard.isAllowed("https://meower.example", "localhost:8080")).isTrue();
    assertThat(guard.isAllowed("http://meower.example", "localhost:8080")).isFalse();
  }

  @Test
  void allowsEveryOriginWhenTheOperatorSaysSo() {
    HandshakeGuard open = new HandshakeGuard(List.of("*"));

    assertThat(open.isAllowed("http://evil.example", "meower.org")).isTrue();
  }
}
