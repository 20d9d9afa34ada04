package meower.program.outbound;

import java.net.InetAddress;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which addresses may be called for a program.
 *
 * <p>{@link InetAddress} does not know most networks that are not of the internet at large, so here
 * is a table of them.
 *
 * @see <a
 *     href="https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml">special
 *     addresses of IPv4</a>
 * @see <a
 *     href="https://www.iana.org/assignments/iana-ipv6-special-registry/iana-ipv6-special-registry.xhtml">special
 *     addresses of IPv6</a>
 */
final class AddressRules {

  /**
   * This network, private, shared, loopback, link-local, tests, multicast and what is kept back.
   */
  private static final List<Network> REFUSED_4 =
      networks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.31.196.0/24",
          "192.52.193.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "192.175.48.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  /** All that is in use at large. */
  private static final Network GLOBAL_6 = Network.of("2000::/3");

  /** Of these: protocols and tunnels (Teredo, 6to4), documentation. */
  private static final List<Network> REFUSED_6 =
      networks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

  /** How a network of IPv6 alone writes addresses of IPv4: the last four bytes. */
  private static final Network NAT64 = Network.of("64:ff9b::/96");

  private static final int NAT64_OFFSET = 12;

  private final List<Network> allowed;
  private final IntPredicate isOwnPort;
  private final Predicate<InetAddress> isOwnAddress;

  /**
   * @param allowed networks that may be called although they are not of the internet at large
   * @param isOwnPort whether a part of Meower may listen there
   * @param isOwnAddress whether it is one of this machine
   */
  AddressRules(List<Network> allowed, IntPredicate isOwnPort, Predicate<InetAddress> isOwnAddress) {
    this.allowed = List.copyOf(allowed);
    this.isOwnPort = isOwnPort;
    this.isOwnAddress = isOwnAddress;
  }

  /**
   * Tells whether a connection may be made there.
   *
   * @param isEncrypted whether nobody on the way can read it; otherwise only into allowed networks
   */
  boolean permits(InetAddress address, int port, boolean isEncrypted) {
    InetAddress real = NAT64.holds(address) ? Network.embedded(address, NAT64_OFFSET) : address;
    if (holds(allowed, real)) {
      return !isOwnPort.test(port);
    }
    return isEncrypted && isGlobal(real) && !isOwnAddress.test(real);
  }

  private static boolean isGlobal(InetAddress address) {
    return switch (address.getAddress().length) {
      case 4 -> !holds(REFUSED_4, address);
      default -> GLOBAL_6.holds(address) && !holds(REFUSED_6, address);
    };
  }

  private static boolean holds(List<Network> networks, InetAddress address) {
    return networks.stream().anyMatch(network -> network.holds(address));
  }

  private static List<Network> networks(String... texts) {
    return Stream.of(texts).map(Network::of).toList();
  }
}
