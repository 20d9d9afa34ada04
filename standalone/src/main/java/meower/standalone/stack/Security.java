package meower.standalone.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import meower.standalone.certificate.Certificates;
import meower.standalone.certificate.ServerCertificate;
import meower.standalone.process.DataFolder;
import meower.standalone.secret.Secrets;
import meower.standalone.server.Protection;

/** By what the parts of a stack with TLS know each other. Without TLS nobody asks for it. */
final class Security {
  private static final List<Part> CERTIFIED =
      List.of(Part.NGINX, Part.POSTGRES, Part.NATS, Part.ELASTICSEARCH);

  private final boolean tls;
  private final Protection protection;

  Security(ProjectLayout project, DataFolder data, boolean tls) {
    this.tls = tls;
    var secrets = secrets(data);
    this.protection =
        new Protection(
            new Certificates(data.of("tls"), secrets, Clock.systemUTC()),
            secrets,
            project.natsUsers());
  }

  /** The passwords of a data folder. */
  static Secrets secrets(DataFolder data) {
    return new Secrets(data.of("secrets"));
  }

  /** What clients are to trust. */
  static Path ca(DataFolder data) {
    return data.of("tls").resolve("ca.pem");
  }

  /** Makes or renews what the parts need, before any of them starts. */
  void prepare() throws IOException, InterruptedException {
    if (tls) {
      protection.makePasswords();
      protection.certificates().ensure(CERTIFIED.stream().map(Part::label).toList());
    }
  }

  /** What the servers need, if there is TLS. */
  Optional<Protection> protection() {
    return Optional.of(protection).filter(_ -> tls);
  }

  /** Puts the certificate of a part into a folder that the part can read. */
  ServerCertificate certificate(Part part, Path folder) throws IOException {
    return protection.certificates().copy(part.label(), folder);
  }
}
