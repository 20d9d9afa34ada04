package meower.standalone.proxy;

import java.util.HashMap;
import java.util.Map;

/**
 * How much one client gets of a stack before it is told to wait.
 *
 * @param posts as far as they are new meows or edits
 * @param requests all of them
 * @param lookups as far as the index is asked
 * @param programs as far as they use queues and presence
 * @param arrivals as far as they begin live connections
 * @param connections how many requests may be under way at once
 * @param sockets how many live connections there may be at once
 * @param exempt a network to which none of it applies, in CIDR notation; nothing for nobody
 */
public record Limits(
    Rate posts,
    Rate requests,
    Rate lookups,
    Rate programs,
    Rate arrivals,
    int connections,
    int sockets,
    String exempt) {
  /**
   * So many, evenly; and some at once on top of it.
   *
   * @param rate as nginx writes it, for example {@code 10r/s}
   */
  public record Rate(String rate, int burst) {}

  /** For everybody, whoever else is on this machine. */
  public static final Limits DEFAULT =
      new Limits(
          new Rate("10r/s", 20),
          new Rate("200r/s", 1000),
          new Rate("30r/s", 60),
          new Rate("1000r/s", 2000),
          new Rate("10r/s", 500),
          100,
          500,
          "");

  private static final int MANY = 60_000;
  private static final Rate ANY = new Rate(1_000_000 + "r/s", 1_000_000);

  /** For a stack that only whoever starts it knows of, to measure it or to break it. */
  public static final Limits NONE = new Limits(ANY, ANY, ANY, ANY, ANY, MANY, MANY, "");

  /** For a stack that is tried: who started it comes from 127.0.0.1, strangers from elsewhere. */
  public static final Limits NOT_FOR_THIS_MACHINE = DEFAULT.exempting("127.0.0.1/32");

  private Limits exempting(String network) {
    return new Limits(posts, requests, lookups, programs, arrivals, connections, sockets, network);
  }

  /** With other ones for posts. */
  public Limits withPosts(Rate other) {
    return new Limits(other, requests, lookups, programs, arrivals, connections, sockets, exempt);
  }

  /** With another number of requests that are under way at once. */
  public Limits withConnections(int other) {
    return new Limits(posts, requests, lookups, programs, arrivals, other, sockets, exempt);
  }

  /** With another number of live connections. */
  public Limits withSockets(int other) {
    return new Limits(posts, requests, lookups, programs, arrivals, connections, other, exempt);
  }

  /** Returns the variables of the template. */
  public Map<String, String> variables() {
    var variables = new HashMap<String, String>();
    Map.of(
            "POST", posts, "REQUEST", requests, "LOOKUP", lookups, "PROGRAM", programs, "SOCKET",
            arrivals)
        .forEach((name, rate) -> {
          variables.put("MEOWER_" + name + "_RATE", rate.rate());
          variables.put("MEOWER_" + name + "_BURST", "" + rate.burst());
        });
    variables.put("MEOWER_EXEMPT", exempt.isEmpty() ? "" : exempt + " 1;");
    variables.put("MEOWER_CONNECTIONS", "" + connections);
    variables.put("MEOWER_SOCKETS", "" + sockets);
    return variables;
  }
}
