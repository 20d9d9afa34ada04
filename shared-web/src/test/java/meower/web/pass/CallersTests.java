package meower.web.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;

class CallersTests {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Pass PASS = new Pass("user", Set.of(Scope.POST), NOW.plusSeconds(60));

  @TempDir Path folder;

  private String written = "";

  @BeforeEach
  void write() throws IOException {
    written = at(NOW).write(PASS);
  }

  @Test
  void letsInWhoMayDoIt() throws IOException {
    assertThat(new Callers(at(NOW)).require(Scope.POST, written)).isEqualTo(PASS);
  }

  @Test
  void refusesWhoHasNoPassOrNotTheScope() throws IOException {
    assertThat(refusal(NOW, Scope.POST, null).getStatusCode().value()).isEqualTo(401);
    assertThat(refusal(NOW, Scope.POST, "p1.a.b.c").getStatusCode().value()).isEqualTo(401);
    assertThat(refusal(NOW, Scope.QUEUES, written).getStatusCode().value()).isEqualTo(403);
  }

  /** Who is told 401 takes the secret for a wrong one, and stops. */
  @Test
  void aSecretIsNotCalledWrongBecauseTwoClocksDiffer() throws IOException {
    ProblemException refused = refusal(NOW.plusSeconds(60), Scope.POST, written);

    assertThat(refused.getStatusCode().value()).isEqualTo(503);
    assertThat(refused.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isNotNull();
    assertThat(refused.getBody().getDetail()).contains("clocks");
  }

  private ProblemException refusal(Instant now, Scope scope, @Nullable String header)
      throws IOException {
    Callers callers = new Callers(at(now));
    return catchThrowableOfType(ProblemException.class, () -> callers.require(scope, header));
  }

  private PassKeys at(Instant now) throws IOException {
    return new PassKeys(folder.resolve("passes"), Clock.fixed(now, ZoneOffset.UTC));
  }
}
