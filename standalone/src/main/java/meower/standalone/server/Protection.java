package meower.standalone.server;

import java.io.IOException;
import java.nio.file.Path;
import meower.standalone.certificate.Certificates;
import meower.standalone.secret.Secrets;

/**
 * By what a server is known and whom it lets in, when it speaks TLS and asks for passwords.
 *
 * @param certificates has one for each server, under its name
 * @param secrets has the passwords of those who come to the servers
 * @param natsUsers what each user of NATS may do, with places for the passwords
 */
public record Protection(Certificates certificates, Secrets secrets, Path natsUsers) {
  /** Files of the secrets, called like the settings of the services. */
  public static final String NATS_PASSWORD = "meower.nats.password";

  public static final String POSTGRES_PASSWORD = "spring.datasource.password";
  public static final String ELASTICSEARCH_PASSWORD = "meower.elasticsearch.password";

  /** Roles of Postgres, each at home in one database. */
  public static final String COMMAND_ROLE = "meower_command";

  public static final String PROGRAMS_ROLE = "meower_programs";

  /** Whoever asks the servers whether they work. */
  static final String SUPERVISOR = "supervisor";

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
    }
    for (String user : ElasticsearchUsers.ALL) {
      secrets.of(user, ELASTICSEARCH_PASSWORD);
    }
  }
}
