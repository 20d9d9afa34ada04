package meower.standalone;

import java.util.Map;
import java.util.TreeMap;
import meower.standalone.server.Ports;

/** Which part listens where: one public port determines all others. */
public record PortPlan(int nginx) {
  private static final int LAST = 24;
  private static final int HIGHEST_PORT = 65_535;

  public PortPlan {
    if (nginx < 1 || nginx > HIGHEST_PORT - LAST) {
      throw new IllegalArgumentException(
          "a port is between 1 and " + (HIGHEST_PORT - LAST) + ", not " + nginx);
    }
  }

  /** A plan whose ports were all free a moment ago; for tests. */
  public static PortPlan free() {
    return new PortPlan(Ports.firstOfFree(LAST + 1));
  }

  /** The port of a service, or of a server. */
  public int of(Part part) {
    return switch (part) {
      case NGINX -> nginx;
      case COMMAND -> nginx + 1;
      case QUERY -> nginx + 2;
      case PUSHER -> nginx + 3;
      case POSTGRES -> nginx + 20;
      case NATS -> nginx + 21;
      case ELASTICSEARCH -> nginx + 23;
    };
  }

  /** Where a service answers questions about itself. */
  public int managementOf(Part service) {
    return of(service) + 10;
  }

  public int natsMonitoring() {
    return nginx + 22;
  }

  int elasticsearchTransport() {
    return nginx + LAST;
  }

  /** Every port that is going to be used, with the name of its user. */
  Map<Integer, String> all() {
    var ports = new TreeMap<Integer, String>();
    for (Part part : Part.values()) {
      ports.put(of(part), part.label());
    }
    Part.SERVICES.forEach(
        service -> ports.put(managementOf(service), service.label() + " management"));
    ports.put(natsMonitoring(), "nats monitoring");
    ports.put(elasticsearchTransport(), "elasticsearch transport");
    return ports;
  }
}
