package meower.pusher.frame;

import meower.web.events.ServerSentEvent;

/** Frames as events of a stream, for who has no WebSocket. */
final class FrameEvents {

  private static final String KIND = "{\"kind\":";
  private static final String POSITION = "\"position\":\"";
  private static final String TO = "\"to\":\"";

  private FrameEvents() {}

  /**
   * Returns the event, with the position that is to be given back as {@code Last-Event-ID}.
   *
   * @param frame of one of the kinds of docs/asyncapi.yaml: JSON that begins with its kind, without
   *     line breaks
   */
  static String of(String frame) {
    char kind = frame.charAt(KIND.length());
    return switch (kind) {
      case '1' -> ServerSentEvent.of("meow", after(frame, POSITION), frame);
      case '2' -> ServerSentEvent.of("hello", after(frame, POSITION), withoutKind(frame));
      case '3' -> ServerSentEvent.of("gap", after(frame, TO), withoutKind(frame));
      case '4' -> ServerSentEvent.of("edited", after(frame, POSITION), frame);
      case '5' -> ServerSentEvent.of("deleted", after(frame, POSITION), frame);
      case '6' -> ServerSentEvent.of("online", withoutKind(frame));
      default -> throw new IllegalArgumentException("no frame of a kind that is known");
    };
  }

  private static String withoutKind(String frame) {
    return "{" + frame.substring(KIND.length() + 2);
  }

  /** What stands in a text of the frame would have backslashes before its quotes. */
  private static String after(String frame, String name) {
    int start = frame.lastIndexOf(name) + name.length();
    return frame.substring(start, frame.indexOf('"', start));
  }
}
