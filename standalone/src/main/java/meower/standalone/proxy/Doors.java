package meower.standalone.proxy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meower.standalone.certificate.OwnCertificate;
import meower.standalone.process.Ports;

/**
 * Through what clients come to the proxy.
 *
 * @param trustedProxies addresses and networks that are believed when they say for whom they ask
 * @param proxyProtocol a further port, at which they say it with the PROXY protocol
 * @param hosts by which names it is known besides localhost and addresses
 * @param allowedOrigins whose pages may do what its own page may
 * @param securityContact where to report what is not secure; nothing where nobody said so
 * @param certificate shown to clients instead of one of the own authority
 * @param callback where a program reports what it sees without a secret; nothing where none does
 */
public record Doors(
    List<Network> trustedProxies,
    OptionalInt proxyProtocol,
    List<HostName> hosts,
    List<WebOrigin> allowedOrigins,
    Optional<SecurityContact> securityContact,
    Optional<OwnCertificate> certificate,
    Optional<CallbackDoor> callback) {
  /** For a year, browsers ask for this host over TLS only. */
  private static final String HSTS = "max-age=31536000";

  /** Nobody stands between a client and the proxy. */
  public static final Doors OPEN = behind(List.of(), OptionalInt.empty());

  public Doors {
    trustedProxies = List.copyOf(trustedProxies);
    hosts = List.copyOf(hosts);
    allowedOrigins = List.copyOf(allowedOrigins);
    if (proxyProtocol.isPresent() && trustedProxies.isEmpty()) {
      throw new IllegalArgumentException(
          "--proxy-protocol needs the proxies that may speak it: --trusted-proxy NETWORK");
    }
    proxyProtocol.ifPresent(Ports::require);
    if (callback.isPresent() && proxyProtocol.equals(OptionalInt.of(callback.get().port()))) {
      throw new IllegalArgumentException(
          "--callback-port and --proxy-protocol need a port each, not " + callback.get().port());
    }
  }

  /** The further ports at which the proxy listens, each with the option that asks for it. */
  public Map<Integer, String> ports() {
    var ports = new TreeMap<Integer, String>();
    proxyProtocol.ifPresent(port -> ports.put(port, "--proxy-protocol"));
    callback.ifPresent(door -> ports.put(door.port(), "--callback-port"));
    return ports;
  }

  /** With nothing else decided. */
  public static Doors behind(List<Network> trustedProxies, OptionalInt proxyProtocol) {
    return new Doors(
        trustedProxies,
        proxyProtocol,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** With other names. */
  public Doors withHosts(List<HostName> others) {
    return new Doors(
        trustedProxies,
        proxyProtocol,
        others,
        allowedOrigins,
        securityContact,
        certificate,
        callback);
  }

  /** With pages of other origins. */
  public Doors withAllowedOrigins(List<WebOrigin> others) {
    return new Doors(
        trustedProxies, proxyProtocol, hosts, others, securityContact, certificate, callback);
  }

  /** With somebody who wants to hear what is not secure. */
  public Doors withSecurityContact(SecurityContact contact) {
    return new Doors(
        trustedProxies,
        proxyProtocol,
        hosts,
        allowedOrigins,
        Optional.of(contact),
        certificate,
        callback);
  }

  /** With a certificate of the operator's. */
  public Doors withCertificate(OwnCertificate own) {
    return new Doors(
        trustedProxies,
        proxyProtocol,
        hosts,
        allowedOrigins,
        securityContact,
        Optional.of(own),
        callback);
  }

  /** With a port at which a program reports what it sees. */
  public Doors withCallback(CallbackDoor door) {
    return new Doors(
        trustedProxies,
        proxyProtocol,
        hosts,
        allowedOrigins,
        securityContact,
        certificate,
        Optional.of(door));
  }

  /**
   * Returns the variables of the template.
   *
   * @param tls what stands behind an address to listen on where there is TLS; else nothing
   */
  public Map<String, String> variables(String tls) {
    return Map.of(
        "MEOWER_REAL_IP", realIp(),
        "MEOWER_TRUSTED", lines("%s 1;"),
        "MEOWER_PROXY_LISTEN", proxyListen(tls),
        "MEOWER_HOSTS", words(allHosts()),
        "MEOWER_HSTS", certificate.isPresent() ? HSTS : "",
        "MEOWER_ALLOWED_ORIGINS", words(allowedOrigins),
        "MEOWER_SECURITY_CONTACT", securityContact.map(SecurityContact::uri).orElse(""));
  }

  /** What it is known by; where it has a certificate, by the names of that one, too. */
  private List<HostName> allHosts() {
    return Stream.concat(
            hosts.stream(),
            certificate.stream().flatMap(own -> own.names().stream()).map(HostName::new))
        .distinct()
        .toList();
  }

  private String realIp() {
    return trustedProxies.isEmpty()
        ? ""
        : lines("set_real_ip_from %s;")
            + " real_ip_header "
            + (proxyProtocol.isPresent() ? "proxy_protocol;" : "X-Forwarded-For;");
  }

  private String proxyListen(String tls) {
    return proxyProtocol.isPresent()
        ? "listen 127.0.0.1:" + proxyProtocol.getAsInt() + " proxy_protocol" + tls + ";"
        : "";
  }

  private static String words(List<?> all) {
    return all.stream().map(Object::toString).collect(Collectors.joining(" "));
  }

  private String lines(String format) {
    return trustedProxies.stream().map(format::formatted).collect(Collectors.joining(" "));
  }
}
