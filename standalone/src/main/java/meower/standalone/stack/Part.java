package meower.standalone.stack;

import java.util.List;
import java.util.Locale;

/** The parts that Meower consists of, in the order in which they depend on each other. */
public enum Part {
  POSTGRES,
  NATS,
  ELASTICSEARCH,
  COMMAND,
  QUERY,
  PUSHER,
  PROGRAM,
  NGINX;

  public static final List<Part> SERVICES = List.of(COMMAND, QUERY, PUSHER, PROGRAM);
  static final List<Part> SERVERS = List.of(POSTGRES, NATS, ELASTICSEARCH);

  /** How it is called in logs, file names and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The module of a service. */
  String module() {
    return label() + "-service";
  }
}
