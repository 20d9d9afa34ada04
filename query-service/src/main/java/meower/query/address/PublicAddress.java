package meower.query.address;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** What stands before the paths of addresses that others keep. */
@Component
public class PublicAddress {

  private final AddressProperties properties;

  PublicAddress(AddressProperties properties) {
    this.properties = properties;
  }

  /**
   * Returns the address of Meower, without a slash at its end: what the operator says, or what the
   * request names. The port that the container knows is that of no public address.
   *
   * @throws ProblemException 400 if the request names no host
   */
  public URI of(HttpServletRequest request) {
    @Nullable URI configured = properties.publicUrl();
    String base =
        configured == null
            ? request.getScheme() + "://" + request.getHeader(HttpHeaders.HOST)
            : configured.toString();
    try {
      return new URI(base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
    } catch (URISyntaxException e) {
      throw ProblemException.malformed(
          "The header Host has to be a host, with its port or without.");
    }
  }
}
