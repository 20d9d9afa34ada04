package meower.standalone.stack;

import meower.standalone.process.Ports;

/** Says which port is taken and how to choose others. */
public final class PortInUseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private PortInUseException(int port, String user, String wayOut) {
    super("port %d (for %s) is in use by another program. Choose %s".formatted(port, user, wayOut));
  }

  /**
   * Looks at every port that is going to be used.
   *
   * @throws PortInUseException if somebody listens there
   * @throws IllegalArgumentException with a message for the person who typed it, if two would have
   *     the same
   */
  public static void check(StackOptions options) {
    PortPlan plan = options.ports();
    options
        .users()
        .forEach((port, user) -> {
          if (!Ports.isFree(port)) {
            throw new PortInUseException(
                port,
                user,
                plan.users().containsKey(port)
                    ? "other ports with --port, for example --port " + (plan.nginx() + 1000) + "."
                    : "another one.");
          }
        });
  }
}
