package meower.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NatsPropertiesTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nats://a:4222 | nats://a:4222",
        "nats://user:secret@a:4222,tls://token@b:4222 | nats://a:4222,tls://b:4222",
        "nats://a:4222,nats://u:p@b:4222 | nats://a:4222,nats://b:4222"
      })
  void printsNoSecrets(String url, String printable) {
    assertThat(new NatsProperties(url, 1, Duration.ofSeconds(2)).printableUrl())
        .isEqualTo(printable);
  }
}
