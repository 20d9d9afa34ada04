package meower.program.outbound;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Meower may call because a program wants it: {@code meower.outbound.*}.
 *
 * @param allowedNetworks networks in CIDR notation that are called although they are not of the
 *     internet at large, also over plain HTTP. Default none: over HTTPS to the internet only.
 * @param ownPorts where parts of Meower listen that this service does not know of; in the allowed
 *     networks no port of Meower's is called. Default none: those of the service itself, of its
 *     database and of NATS are known.
 */
@ConfigurationProperties("meower.outbound")
record OutboundProperties(
    @DefaultValue List<String> allowedNetworks, @DefaultValue List<Integer> ownPorts) {

  OutboundProperties {
    allowedNetworks = List.copyOf(allowedNetworks);
    ownPorts = List.copyOf(ownPorts);
  }
}
