package meower.program.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTests {

  @Test
  void isOneWordThatMayStandInAnAddress() {
    Lease lease = new Lease(Long.MAX_VALUE, UUID.randomUUID());
    assertThat(lease.toString()).matches("[0-9A-Za-z_-]{32}");
    assertThat(Lease.parse(lease.toString())).contains(lease);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+",
        "________________________________"
      })
  void nothingElseIsOne(String text) {
    assertThat(Lease.parse(text)).isEmpty();
  }
}
