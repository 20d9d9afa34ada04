package meower.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Who asks, for whatever is counted or written down: the same client that the proxy counts. Whoever
 * has one IPv6 address has all of its /64.
 *
 * @param name an IPv4 address, or an IPv6 network like {@code 2001:db8:0:1::/64}
 */
public record Client(String name) {

  private static final int NETWORK_GROUPS = 4;

  /** Returns who sent the request; the proxy in front says it. */
  public static Client of(HttpServletRequest request) {
    return of(request.getRemoteAddr());
  }

  /** Returns whose address it is; what is no address stands for itself. */
  public static Client of(String address) {
    try {
      // An IPv4 address in the clothes of IPv6 is what it is.
      return new Client(
          InetAddress.ofLiteral(address) instanceof Inet6Address version6
              ? network(version6)
              : InetAddress.ofLiteral(address).getHostAddress());
    } catch (IllegalArgumentException _) {
      return new Client(address);
    }
  }

  private static String network(Inet6Address address) {
    ShortBuffer groups = ByteBuffer.wrap(address.getAddress()).asShortBuffer();
    return IntStream.range(0, NETWORK_GROUPS)
        .mapToObj(i -> Integer.toHexString(Short.toUnsignedInt(groups.get(i))))
        .collect(Collectors.joining(":", "", "::/64"));
  }
}
