package meower.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Nats;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLConnection;
import java.sql.DriverManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TestServersIntegrationTests {
  @Test
  void givesADatabaseOfItsOwn() throws Exception {
    var postgres = TestServers.postgres();
    String url = postgres.createDatabase();
    try (var connection =
            DriverManager.getConnection(url, postgres.username(), postgres.password());
        var tables = connection.getMetaData().getTables(null, "public", "%", null)) {
      assertThat(tables.next()).isFalse();
    }
  }

  @Test
  @SuppressWarnings("try") // Connection.close() declares InterruptedException
  void startsNatsAgainOnTheSamePortWhenATestLeftItStopped() throws Exception {
    var nats = TestServers.nats();
    nats.stop();
    TestServers.nats();
    try (var connection = Nats.connect(nats.url())) {
      assertThat(connection.jetStreamManagement().getStreamNames()).isEmpty();
    }
  }

  @Test
  @SuppressWarnings("try") // Connection.close() declares InterruptedException
  void givesATestAServerOfItsOwn() throws Exception {
    var own = TestServers.newNats();
    assertThat(own.port()).isNotEqualTo(TestServers.nats().port());
    own.kill();
    try (var connection = Nats.connect(TestServers.nats().url())) {
      assertThat(connection.jetStreamManagement().getStreamNames()).isEmpty();
    }
  }

  @Test
  void letsElasticsearchGoOnThatATestLeftPausedOrKilled() throws Exception {
    var elasticsearch = TestServers.elasticsearch();
    elasticsearch.pause();
    assertThat(failureOfARead(elasticsearch.url())).isInstanceOf(SocketTimeoutException.class);
    TestServers.elasticsearch();
    assertThat(failureOfARead(elasticsearch.url())).isNull();
    elasticsearch.kill();
    assertThat(failureOfARead(elasticsearch.url())).isInstanceOf(ConnectException.class);
    TestServers.elasticsearch();
    assertThat(failureOfARead(elasticsearch.url())).isNull();
  }

  private static @Nullable IOException failureOfARead(String url) throws IOException {
    URLConnection connection = URI.create(url + "/_cluster/health").toURL().openConnection();
    connection.setConnectTimeout(2_000);
    connection.setReadTimeout(2_000);
    try (var answer = connection.getInputStream()) {
      answer.readAllBytes();
      return null;
    } catch (IOException e) {
      return e;
    }
  }
}
