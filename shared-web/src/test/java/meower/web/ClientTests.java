package meower.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientTests {

  @ParameterizedTest
  @CsvSource({
    "198.51.100.1, 198.51.100.1",
    "::ffff:198.51.100.1, 198.51.100.1",
    "2001:db8::1, 2001:db8:0:0:ffff:ffff:ffff:ffff",
    "fe80::1%1, fe80::2"
  })
  void isOneWhoseAddressesBelongTogether(String one, String other) {
    assertThat(Client.of(one)).isEqualTo(Client.of(other));
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.1, 198.51.100.2",
    "2001:db8::1, 2001:db8:0:1::1",
    "::1, 127.0.0.1",
    "unix:, 127.0.0.1"
  })
  void isAnotherOtherwise(String one, String other) {
    assertThat(Client.of(one)).isNotEqualTo(Client.of(other));
  }

  @Test
  void isNamedByANetworkWhenItHasOne() {
    assertThat(Client.of("2001:db8:0:1::7").name()).isEqualTo("2001:db8:0:1::/64");
  }
}
