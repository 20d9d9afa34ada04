package meower.standalone.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import meower.standalone.certificate.Certificates;
import meower.standalone.certificate.OwnCertificate;
import meower.standalone.certificate.ServerCertificate;
import meower.standalone.process.DataFolder;
import meower.standalone.secret.Secrets;
import meower.standalone.server.Protection;

/** Whom the parts of a stack let in, and with TLS by what they know each other. */
final class Security {
  private static final List<Part> CERTIFIED =
      List.of(Part.NGINX, Part.POSTGRES, Part.NATS, Part.ELASTICSEARCH);

  private final Protection protection;
  private final DataFolder data;
  private final Optional<OwnCertificate> own;

  /**
   * @param own what nginx shows instead of a certificate of the authority
   */
  Security(ProjectLayout project, DataFolder data, boolean tls, Optional<OwnCertificate> own) {
    this.data = data;
    this.own = own;
    var secrets = secrets(data);
    this.protection =
        new Protection(
            secrets,
            project.root(),
            tls
                ? Optional.of(new Certificates(data.of("tls"), secrets, Clock.systemUTC()))
                : Optional.empty());
  }

  /** The passwords of a data folder. */
  static Secrets secrets(DataFolder data) {
    return new Secrets(data.of("secrets"));
  }

  /** What clients are to trust. */
  static Path ca(DataFolder data) {
    return data.of("tls").resolve("ca.pem");
  }

  /** What nginx shows to clients. */
  static Path shown(DataFolder data) {
    return ServerCertificate.in(folder(Part.NGINX, data), ca(data)).certificate();
  }

  /** Makes or renews what the parts need, before any of them starts. */
  void prepare() throws IOException {
    protection.makePasswords();
    renew();
  }

  /** Renews what the authority has signed, and returns the names of those for whom it did. */
  List<String> renew() throws IOException {
    return protection.certificates().isPresent()
        ? protection.certificates().get().ensure(CERTIFIED.stream().map(Part::label).toList())
        : List.of();
  }

  Protection protection() {
    return protection;
  }

  /**
   * Returns who has to show another certificate, as an operator has put it in the old one's place.
   */
  List<String> renewedByOperator() throws IOException {
    return own.isPresent() && own.get().differsFrom(folder(Part.NGINX), Instant.now())
        ? List.of(Part.NGINX.label())
        : List.of();
  }

  /** Puts the certificate of a part into a folder that the part can read, if there is TLS. */
  Optional<ServerCertificate> certificate(Part part) throws IOException {
    return part == Part.NGINX && own.isPresent()
        ? Optional.of(own.get().copy(folder(part), ca(data)))
        : protection.certificate(part.label(), folder(part));
  }

  private Path folder(Part part) {
    return folder(part, data);
  }

  private static Path folder(Part part, DataFolder data) {
    return data.of(part.label()).resolve("tls");
  }
}
