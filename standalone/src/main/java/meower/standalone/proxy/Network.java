package meower.standalone.proxy;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Addresses that belong together.
 *
 * @param text in CIDR notation, or a single address
 */
public record Network(String text) {
  /**
   * Takes what somebody has typed.
   *
   * @throws IllegalArgumentException when it is none, or when it is everybody
   */
  public Network {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!address.matches("\\d+(\\.\\d+){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")
        || !isLength(text.substring(address.length()), address)) {
      throw new IllegalArgumentException(
          "a network is written like 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32, not " + text);
    }
  }

  private static boolean isLength(String suffix, String address) {
    int bits;
    try {
      bits = InetAddress.ofLiteral(address) instanceof Inet4Address ? 32 : 128;
    } catch (IllegalArgumentException _) {
      return false;
    }
    return suffix.isEmpty()
        || (suffix.matches("/[1-9]\\d{0,2}") && Integer.parseInt(suffix.substring(1)) <= bits);
  }

  @Override
  public String toString() {
    return text;
  }
}
