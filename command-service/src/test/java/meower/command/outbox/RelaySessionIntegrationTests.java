package meower.command.outbox;

import static org.assertj.core.api.Assertions.assertThat;

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

      assertThat(second.lead()).isTrue();
    }
  }
}
