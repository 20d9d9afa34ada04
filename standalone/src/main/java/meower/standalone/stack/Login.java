package meower.standalone.stack;

import java.io.IOException;
import java.util.Map;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Http;
import meower.standalone.server.PostgresServer;
import meower.standalone.server.Protection;

/**
 * As whom a server of a stack is reached past its services, by tests and benchmarks.
 *
 * @param url where it is
 */
public record Login(String url, String user, String password) {
  private static final Map<Part, String> DATABASES =
      Map.of(Part.COMMAND, PostgresServer.DATABASE, Part.PROGRAM, PostgresServer.PROGRAMS);
  private static final Map<Part, String> ROLES =
      Map.of(Part.COMMAND, Protection.COMMAND_ROLE, Part.PROGRAM, Protection.PROGRAMS_ROLE);

  /** The rights of a service in NATS. */
  public static Login toNats(Part service, PortPlan ports, DataFolder data) throws IOException {
    return toNats(service.label(), ports, data);
  }

  /** Those of an operator's commands. */
  public static Login toNats(PortPlan ports, DataFolder data) throws IOException {
    return toNats(ServiceSettings.OPERATIONS, ports, data);
  }

  /** The rights of a service in its database. */
  public static Login toPostgres(Part service, PortPlan ports, DataFolder data) throws IOException {
    return toPostgres(service, "", Protection.POSTGRES_PASSWORD, ports, data);
  }

  /** Those of the owner of its tables. */
  public static Login toPostgresAsOwner(Part service, PortPlan ports, DataFolder data)
      throws IOException {
    return toPostgres(service, Protection.OWNER, Protection.OWNER_PASSWORD, ports, data);
  }

  /** The rights of the query service in Elasticsearch. */
  public static Login toElasticsearch(PortPlan ports, DataFolder data) throws IOException {
    String user = Part.QUERY.label();
    return new Login(
        ServiceSettings.elasticsearchUrl(ports),
        user,
        Security.secrets(data).of(user, Protection.ELASTICSEARCH_PASSWORD));
  }

  /** What says so in HTTP, as the header {@code Authorization} has it. */
  public String authorization() {
    return Http.basic(user, password);
  }

  /** No log has the password. */
  @Override
  public String toString() {
    return "Login[url=" + url + ", user=" + user + "]";
  }

  private static Login toNats(String user, PortPlan ports, DataFolder data) throws IOException {
    return new Login(
        ServiceSettings.natsUrl(ports),
        user,
        Security.secrets(data).of(user, Protection.NATS_PASSWORD));
  }

  private static Login toPostgres(
      Part service, String suffix, String setting, PortPlan ports, DataFolder data)
      throws IOException {
    return new Login(
        ServiceSettings.jdbcUrl(DATABASES.getOrDefault(service, ""), ports, data),
        ROLES.getOrDefault(service, "") + suffix,
        Security.secrets(data).of(service.label(), setting));
  }
}
