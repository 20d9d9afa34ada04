package meower.program.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTests {

  private static final int PORT = 443;
  private static final AddressRules STRICT = rules();

  private static AddressRules rules(String... allowed) {
    return new AddressRules(
        List.of(allowed).stream().map(Network::of).toList(),
        port -> port == 5432,
        address -> address.equals(InetAddress.ofLiteral("8.8.4.4")));
  }

  private static boolean permits(AddressRules rules, String address, boolean isEncrypted) {
    return rules.permits(InetAddress.ofLiteral(address), PORT, isEncrypted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:0808:0808::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "4000::1",
        "8.8.4.4"
      })
  void refusesWhatIsNotOfTheInternetAtLarge(String address) {
    assertThat(permits(STRICT, address, true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450::1",
        "64:ff9b::8.8.8.8"
      })
  void permitsTheInternetAtLargeEncryptedOnly(String address) {
    assertThat(permits(STRICT, address, true)).isTrue();
    assertThat(permits(STRICT, address, false)).isFalse();
  }

  @Test
  void permitsAllowedNetworksAlsoPlainButNoOwnPort() {
    AddressRules rules = rules("127.0.0.0/8", "fd00::/8");
    assertThat(permits(rules, "127.0.0.1", false)).isTrue();
    assertThat(permits(rules, "::ffff:7f00:1", false)).isTrue();
    assertThat(permits(rules, "fd00::1", true)).isTrue();
    assertThat(permits(rules, "::1", true)).isFalse();
    assertThat(permits(rules, "10.0.0.1", true)).isFalse();
    assertThat(rules.permits(InetAddress.ofLiteral("127.0.0.1"), 5432, true)).isFalse();
  }
}
