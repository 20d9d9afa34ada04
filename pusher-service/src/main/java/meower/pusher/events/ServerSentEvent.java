package meower.pusher.events;

/**
 * A frame of the live feed as an event of a stream.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
final class ServerSentEvent {

  /** A comment: it tells nobody anything but that the connection is there. */
  static final String COMMENT = ":\n\n";

  private static final String KIND = "{\"kind\":";
  private static final String POSITION = "\"position\":\"";
  private static final String TO = "\"to\":\"";

  private ServerSentEvent() {}

  /**
   * Returns the event, with the position that is to be given back as {@code Last-Event-ID}.
   *
   * @param frame of one of the kinds of docs/asyncapi.yaml: JSON that begins with its kind, without
   *     line breaks
   */
  static String of(String frame) {
    char kind = frame.charAt(KIND.length());
    return switch (kind) {
      case '1' -> event("meow", after(frame, POSITION), frame);
      case '2' -> event("hello", after(frame, POSITION), withoutKind(frame));
      case '3' -> event("gap", after(frame, TO), withoutKind(frame));
      case '4' -> event("edited", after(frame, POSITION), frame);
      case '5' -> event("deleted", after(frame, POSITION), frame);
      default -> throw new IllegalArgumentException("no frame of a kind that is known");
    };
  }

  /** Nobody is let in for now: come back after so many milliseconds. */
  static String busy(long retryMillis) {
    return "event: busy\ndata: {}\n" + retry(retryMillis);
  }

  /** How long a reader waits before it connects again, in milliseconds. */
  static String retry(long millis) {
    return "retry: " + millis + "\n\n";
  }

  private static String event(String name, String id, String data) {
    return "event: " + name + "\nid: " + id + "\ndata: " + data + "\n\n";
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
