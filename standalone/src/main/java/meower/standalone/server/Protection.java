package meower.standalone.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import meower.standalone.certificate.Certificates;
import meower.standalone.certificate.ServerCertificate;
import meower.standalone.secret.Secrets;

/**
 * Whom a server lets in, and by what it is known.
 *
 * @param secrets has the passwords of those who come to the servers
 * @param project has what they may do, with places for the passwords
 * @param certificates has one for each server, under its name, when they speak TLS
 */
public record Protection(Secrets secrets, Path project, Optional<Certificates> certificates) {
  /** Files of the secrets, called like the settings of the services. */
  public static final String NATS_PASSWORD = "meower.nats.password";

  public static final String POSTGRES_PASSWORD = "spring.datasource.password";

  /** Of the role that owns the tables, as which a service changes them when it starts. */
  public static final String OWNER_PASSWORD = "spring.flyway.password";

  public static final String ELASTICSEARCH_PASSWORD = "meower.elasticsearch.password";

  /** Roles of Postgres, each at home in one database. */
  public static final String COMMAND_ROLE = "meower_command";

  public static final String PROGRAMS_ROLE = "meower_programs";

  /** What is behind the name of a role in that of the role that owns its tables. */
  public static final String OWNER = "_owner";

  /** Whoever asks the servers whether they work. */
  static final String SUPERVISOR = "supervisor";

  /** Puts the certificate of a server into a folder that it can read, if there is TLS. */
  public Optional<ServerCertificate> certificate(String server, Path folder) throws IOException {
    return certificates.isPresent()
        ? Optional.of(certificates.get().copy(server, folder))
        : Optional.empty();
  }

  /** Of each user. */
  Path natsUsers() {
    return project.resolve("nats/users.conf.template");
  }

  /** In SQL, for a server with nobody connected. */
  Path postgresRoles() {
    return project.resolve("postgres/roles");
  }

  /**
   * Makes every password that is not there yet, before any server and any service starts: a service
   * reads its own once, and does not wait for the server that knows it.
   */
  public void makePasswords() throws IOException {
    for (String user : NatsServer.USERS) {
      secrets.of(user, NATS_PASSWORD);
    }
    for (var role : PostgresRoles.Role.values()) {
      secrets.of(role.service, POSTGRES_PASSWORD);
      secrets.of(role.service, OWNER_PASSWORD);
    }
    for (String user : ElasticsearchUsers.ALL) {
      secrets.of(user, ELASTICSEARCH_PASSWORD);
    }
  }
}
