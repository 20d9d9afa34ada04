package meower.command.publish;

import org.springframework.web.socket.CloseStatus;

/** Why a socket is closed; the code tells the program when to come back. */
final class CloseReasons {

  /** Come back at once, to another instance. Every frame that was read has been answered. */
  static final CloseStatus GOING_AWAY =
      new CloseStatus(1001, "the server is going away: connect again");

  /** Come back at once, and say again who you are. */
  static final CloseStatus COME_BACK =
      new CloseStatus(1001, "connect again, and say again who you are");

  /** Do not come back. */
  static final CloseStatus REMOVED = new CloseStatus(1008, "there is no such program any more");

  /** Do not come back. */
  static final CloseStatus PROTOCOL_BROKEN =
      new CloseStatus(1008, "this connection takes text frames only");

  /** Back off. */
  static final CloseStatus FULL = new CloseStatus(1013, "too many sockets: try again later");

  /** Back off. */
  static final CloseStatus SILENT = new CloseStatus(1013, "no pong came: try again later");

  /** Back off. */
  static final CloseStatus STALLED =
      new CloseStatus(1013, "the answers were not taken: try again later");

  private CloseReasons() {}
}
