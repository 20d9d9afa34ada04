package meower.program.outbound;

import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.nats.NatsProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/** Where Meower itself listens: never called for a program, whatever is allowed. */
@Component
final class OwnPorts implements ApplicationListener<WebServerInitializedEvent> {

  private static final int POSTGRES = 5432;
  private static final int NATS = 4222;
  private static final Pattern JDBC_HOSTS = Pattern.compile("jdbc:postgresql://([^/]+)/.*");

  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

  OwnPorts(OutboundProperties properties, JdbcConnectionDetails database, NatsProperties nats) {
    ports.addAll(properties.ownPorts());
    Matcher hosts = JDBC_HOSTS.matcher(database.getJdbcUrl());
    if (hosts.matches()) {
      Arrays.stream(hosts.group(1).split(",", -1))
          .forEach(host -> add("postgresql://" + host, POSTGRES));
    }
    Arrays.stream(nats.url().split(",", -1)).forEach(server -> add(server.strip(), NATS));
  }

  private void add(String server, int otherwise) {
    int port = URI.create(server.contains("://") ? server : "nats://" + server).getPort();
    ports.add(port < 0 ? otherwise : port);
  }

  /** The service's own, and that of its metrics. */
  @Override
  public void onApplicationEvent(WebServerInitializedEvent started) {
    ports.add(started.getWebServer().getPort());
  }

  boolean holds(int port) {
    return ports.contains(port);
  }
}
