package meower.program.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A network of addresses in CIDR notation, like {@code 127.0.0.0/8} or {@code fd00::/8}.
 *
 * @param prefix how many of the first bits are the network's
 */
record Network(InetAddress address, int prefix) {

  private static final int BITS = 8;
  private static final int LAST_BIT = 7;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none, saying how one is written
   */
  static Network of(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress address = InetAddress.ofLiteral(text.substring(0, Math.max(0, slash)));
      int prefix = Integer.parseInt(text.substring(slash + 1));
      if (prefix >= 0 && prefix <= address.getAddress().length * BITS) {
        return new Network(address, prefix);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(refusal(text), e);
    }
    throw new IllegalArgumentException(refusal(text));
  }

  private static String refusal(String text) {
    return "'" + text + "' is no network: write one like 127.0.0.0/8 or fd00::/8";
  }

  boolean holds(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 1 << (LAST_BIT - bit % BITS);
      if (((mine[bit / BITS] ^ theirs[bit / BITS]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the IPv4 address that stands in an IPv6 address behind so many bytes. */
  static InetAddress embedded(InetAddress address, int offset) {
    byte[] bytes = address.getAddress();
    try {
      return InetAddress.getByAddress(
          new byte[] {bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
