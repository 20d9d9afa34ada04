package meower.standalone.stack;

import meower.standalone.process.Ports;

/** Says which port is taken and how to choose others. */
public final class PortInUseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private PortInUseException(int port, String user, PortPlan plan) {
    super(
        "port %d (for %s) is in use by another program. Choose other ports with --port, for example --port %d."
            .formatted(port, user, plan.nginx() + 1000));
  }

  public static void check(PortPlan plan) {
    plan.users()
        .forEach((port, user) -> {
          if (!Ports.isFree(port)) {
            throw new PortInUseException(port, user, plan);
          }
        });
  }
}
