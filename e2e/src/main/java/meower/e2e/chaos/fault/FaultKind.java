package meower.e2e.chaos.fault;

import java.util.List;
import meower.standalone.stack.Part;

/** What can be done to a part. */
public enum FaultKind {
  /** SIGKILL; it is started again up to three seconds later. */
  KILL("killed"),
  /** SIGSTOP, and SIGCONT after 1 to 15 seconds: connections stay open, nothing answers. */
  FREEZE("frozen"),
  /** SIGTERM, and a start. */
  RESTART("restarted"),
  /** All its connections are reset, again and again for up to three seconds. */
  RESET("connections reset"),
  /** The disk with its data has no byte left for some seconds. */
  FULL_DISK("disk full"),
  /** Its clock jumps by up to two minutes, forward or back, and after some seconds returns. */
  CLOCK_STEP("clock stepped");

  private static final List<Part> SERVERS = List.of(Part.POSTGRES, Part.NATS, Part.ELASTICSEARCH);
  private static final List<Part> SERVICES = Part.SERVICES;

  private final String words;

  FaultKind(String words) {
    this.words = words;
  }

  List<Part> targets() {
    return switch (this) {
      case KILL, FREEZE, RESTART, RESET -> List.of(Part.values());
      case FULL_DISK -> SERVERS;
      case CLOCK_STEP -> SERVICES;
    };
  }

  @Override
  public String toString() {
    return words;
  }
}
