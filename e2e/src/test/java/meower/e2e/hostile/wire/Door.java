package meower.e2e.hostile.wire;

import java.util.List;
import meower.standalone.stack.Part;

/** Where a stranger can come in: through nginx, or at a service that is run without it. */
public enum Door {
  NGINX(Part.NGINX),
  COMMAND(Part.COMMAND),
  QUERY(Part.QUERY),
  PUSHER(Part.PUSHER),
  PROGRAM(Part.PROGRAM);

  public static final List<Door> SERVICES = List.of(COMMAND, QUERY, PUSHER, PROGRAM);

  private final Part part;

  Door(Part part) {
    this.part = part;
  }

  public Part part() {
    return part;
  }
}
