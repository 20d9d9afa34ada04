package meower.command.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class RelaySessionIntegrationTests {

  @Test
  void letsOneInstanceLeadAtATime() throws Exception {
    TestPostgres postgres = TestServers.postgres();
    var database =
        new DriverManagerDataSource(
            postgres.createDatabase(), postgres.username(), postgres.password());
    try (RelaySession second = RelaySession.open(database)) {
      try (RelaySession first = RelaySession.open(database)) {
        assertThat(first.lead()).isTrue();
        assertThat(second.lead()).isFalse();
      }

      // The server ends a session a moment after its connection was closed.
      await().atMost(Duration.ofSeconds(10)).until(second::lead);
    }
  }
}
