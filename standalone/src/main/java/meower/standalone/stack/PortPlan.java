package meower.standalone.stack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import meower.standalone.process.Ports;

/**
 * Which part listens where: one public port determines all others.
 *
 * @param instances how many of each service there are
 * @param tls whether nginx has a port for TLS, too
 */
public record PortPlan(int nginx, int instances, boolean tls) {
  private static final int LAST = 37;

  /** 8443 is to 8080 what 443 is to 80. */
  private static final int TLS = 363;

  /** Of the services that have the ports behind nginx's, an instance of each beside the other. */
  private static final int FIRST_SERVICES = 3;

  private static final int HIGHEST_PORT = 65_535;
  private static final int ATTEMPTS = 20;

  public PortPlan {
    int highest = HIGHEST_PORT - (tls ? TLS : LAST);
    if (nginx < 1 || nginx > highest) {
      throw new IllegalArgumentException(
          "a port is between 1 and " + highest + (tls ? " with --tls" : "") + ", not " + nginx);
    }
    if (instances < 1 || instances > Instance.MOST) {
      throw new IllegalArgumentException(
          "there can be 1 to " + Instance.MOST + " instances, not " + instances);
    }
  }

  /** One instance of each service, and no TLS. */
  public PortPlan(int nginx) {
    this(nginx, 1);
  }

  /** No TLS. */
  public PortPlan(int nginx, int instances) {
    this(nginx, instances, false);
  }

  /** The same with TLS. */
  public PortPlan withTls() {
    return new PortPlan(nginx, instances, true);
  }

  /** A plan whose ports were all free a moment ago; for tests. */
  public static PortPlan free() {
    return free(1);
  }

  /** Likewise, with several instances of each service. */
  public static PortPlan free(int instances) {
    return new PortPlan(Ports.firstOfFree(LAST + 1), instances);
  }

  /** Likewise, with TLS. */
  public static PortPlan freeWithTls() {
    return Stream.generate(PortPlan::free)
        .limit(ATTEMPTS)
        .map(PortPlan::withTls)
        .filter(plan -> Ports.isFree(plan.secure()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no free ports on the loopback interface"));
  }

  /** Everything that listens, in the order in which it depends on each other. */
  public List<Instance> all() {
    return Instance.all(instances);
  }

  /** The instances of one part. */
  public List<Instance> all(Part part) {
    return all().stream().filter(instance -> instance.part() == part).toList();
  }

  /** The port of a server, or of a service's first instance. */
  public int of(Part part) {
    return of(Instance.first(part));
  }

  public int of(Instance instance) {
    int further = (instance.number() - 1) * FIRST_SERVICES;
    return switch (instance.part()) {
      case NGINX -> nginx;
      case COMMAND -> nginx + 1 + further;
      case QUERY -> nginx + 2 + further;
      case PUSHER -> nginx + 3 + further;
      case PROGRAM -> nginx + 24 + instance.number();
      case POSTGRES -> nginx + 20;
      case NATS -> nginx + 21;
      case ELASTICSEARCH -> nginx + 23;
    };
  }

  /** Where a service answers questions about itself. */
  public int managementOf(Instance service) {
    return of(service) + 10;
  }

  /** Where nginx speaks TLS, if it does. */
  public int secure() {
    return nginx + TLS;
  }

  /** Where the page is. */
  public String url() {
    return url("localhost");
  }

  /** Where the page is for whoever reaches this machine by that name. */
  String url(String host) {
    return tls ? "https://" + host + ":" + secure() : "http://" + host + ":" + nginx;
  }

  public int natsMonitoring() {
    return nginx + 22;
  }

  int elasticsearchTransport() {
    return nginx + 24;
  }

  /** Every port that is going to be used, with the name of its user. */
  Map<Integer, String> users() {
    var users = new TreeMap<Integer, String>();
    for (var instance : all()) {
      users.put(of(instance), instance.label());
      if (Part.SERVICES.contains(instance.part())) {
        users.put(managementOf(instance), instance.label() + " management");
      }
    }
    if (tls) {
      users.put(secure(), "nginx with TLS");
    }
    users.put(natsMonitoring(), "nats monitoring");
    users.put(elasticsearchTransport(), "elasticsearch transport");
    return users;
  }
}
