package meower.standalone.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import meower.standalone.certificate.OwnCertificate;
import meower.standalone.proxy.CallbackDoor;
import meower.standalone.proxy.Doors;
import meower.standalone.proxy.HostName;
import meower.standalone.proxy.Network;
import meower.standalone.proxy.SecurityContact;
import meower.standalone.proxy.WebOrigin;
import meower.standalone.stack.PortPlan;

/**
 * What was asked for on the command line.
 *
 * @param clean whether to begin with empty servers
 * @param members whether only programs with a secret may read and post
 * @param doors through what clients come
 */
public record LauncherOptions(
    PortPlan ports, boolean clean, boolean members, Doors doors, Path data) {
  private static final int DEFAULT_PORT = 8080;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with a message for the person who typed it
   */
  public static LauncherOptions parse(List<String> arguments, Path defaultData) {
    int port = DEFAULT_PORT;
    int instances = 1;
    boolean clean = false;
    boolean tls = false;
    Optional<OwnCertificate> certificate = Optional.empty();
    boolean members = false;
    List<Network> trustedProxies = new ArrayList<>();
    OptionalInt proxyProtocol = OptionalInt.empty();
    List<HostName> hosts = new ArrayList<>();
    List<WebOrigin> allowedOrigins = new ArrayList<>();
    Optional<SecurityContact> securityContact = Optional.empty();
    OptionalInt callbackPort = OptionalInt.empty();
    Optional<String> callbackProgram = Optional.empty();
    Path data = defaultData;
    for (var rest = new Arguments(arguments); rest.hasNext(); ) {
      switch (rest.nextOption()) {
        case "--port" -> port = rest.wholeNumber();
        case "--instances" -> instances = rest.wholeNumber();
        case "--data" -> data = Path.of(rest.value());
        case "--clean" -> clean = true;
        case "--tls" -> {
          tls = true;
          certificate = rest.hasValue() ? Optional.of(ownCertificate(rest)) : Optional.empty();
        }
        case "--private" -> members = true;
        case "--trusted-proxy" -> trustedProxies.add(new Network(rest.value()));
        case "--proxy-protocol" -> proxyProtocol = OptionalInt.of(rest.wholeNumber());
        case "--host" -> hosts.add(new HostName(rest.value()));
        case "--allowed-origin" -> allowedOrigins.add(new WebOrigin(rest.value()));
        case "--security-contact" ->
            securityContact = Optional.of(new SecurityContact(rest.value()));
        case "--callback-port" -> callbackPort = OptionalInt.of(rest.wholeNumber());
        case "--callback-program" -> callbackProgram = Optional.of(rest.value());
        default -> throw rest.unknown();
      }
    }
    return new LauncherOptions(
        new PortPlan(port, instances, tls),
        clean,
        members,
        new Doors(
            trustedProxies,
            proxyProtocol,
            hosts,
            allowedOrigins,
            securityContact,
            certificate,
            callback(callbackPort, callbackProgram)),
        data.toAbsolutePath().normalize());
  }

  private static Optional<CallbackDoor> callback(OptionalInt port, Optional<String> program) {
    if (port.isPresent() != program.isPresent()) {
      throw new IllegalArgumentException(
          "--callback-port PORT and --callback-program NAME belong together");
    }
    return program.map(name -> new CallbackDoor(port.getAsInt(), name));
  }

  private static OwnCertificate ownCertificate(Arguments rest) {
    Path certificate = Path.of(rest.value());
    if (!rest.hasValue()) {
      throw new IllegalArgumentException(
          "--tls takes nothing, or two files: --tls CERTIFICATE KEY");
    }
    try {
      return OwnCertificate.read(certificate, Path.of(rest.value()), Instant.now());
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
