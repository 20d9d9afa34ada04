package meower.pusher.hub;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;

/** Why a connection is closed; the code tells the browser when to come back. */
final class CloseReasons {

  /** Reconnect at once, elsewhere. */
  static final CloseReason SHUTTING_DOWN =
      new CloseReason(CloseCodes.GOING_AWAY, "the server is going away: reconnect");

  /** Reconnect at once: the positions of this connection have lost their meaning. */
  static final CloseReason STREAM_CHANGED =
      new CloseReason(CloseCodes.GOING_AWAY, "the feed began anew: reconnect and reload");

  /** Do not reconnect. */
  static final CloseReason PROTOCOL_BROKEN =
      new CloseReason(
          CloseCodes.VIOLATED_POLICY, "this connection takes sub #topic and unsub #topic only");

  /** Do not reconnect. */
  static final CloseReason HAS_A_SEARCH =
      new CloseReason(
          CloseCodes.VIOLATED_POLICY, "this connection follows a search: topics need another one");

  /** Do not reconnect. */
  static final CloseReason TOO_MANY_TOPICS =
      new CloseReason(CloseCodes.VIOLATED_POLICY, "too many topics on one connection");

  /** Do not reconnect. */
  static final CloseReason TOO_MANY_COMMANDS =
      new CloseReason(CloseCodes.VIOLATED_POLICY, "too many commands in a short time");

  /** Do not reconnect. */
  static final CloseReason TOO_MANY_FRAMES =
      new CloseReason(CloseCodes.VIOLATED_POLICY, "too many frames in a short time");

  /** Back off: others of the same client have sent them. */
  static final CloseReason TOO_MANY_FRAMES_OF_CLIENT =
      new CloseReason(
          CloseCodes.TRY_AGAIN_LATER, "too many frames from your address: try again later");

  /** Back off. */
  static final CloseReason NO_FEED_YET =
      new CloseReason(CloseCodes.TRY_AGAIN_LATER, "the feed is not there yet: try again later");

  /** Back off. */
  static final CloseReason FULL =
      new CloseReason(CloseCodes.TRY_AGAIN_LATER, "too many connections: try again later");

  /** Back off. */
  static final CloseReason NO_ROOM =
      new CloseReason(CloseCodes.TRY_AGAIN_LATER, "no room for more topics: try again later");

  /** Back off. */
  static final CloseReason TOO_MANY_SEARCHES =
      new CloseReason(CloseCodes.TRY_AGAIN_LATER, "too many standing searches: try again later");

  /** Back off. */
  static final CloseReason SILENT =
      new CloseReason(CloseCodes.TRY_AGAIN_LATER, "no pong came: try again later");

  /** An error of ours. */
  static final CloseReason FAILED =
      new CloseReason(CloseCodes.UNEXPECTED_CONDITION, "something went wrong on our side");

  private CloseReasons() {}
}
