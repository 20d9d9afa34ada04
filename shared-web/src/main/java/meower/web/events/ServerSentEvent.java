package meower.web.events;

/**
 * An event of a stream, as text.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
public final class ServerSentEvent {

  /** A comment: it tells nobody anything but that the connection is there. */
  static final String COMMENT = ":\n\n";

  private ServerSentEvent() {}

  /**
   * Returns an event.
   *
   * @param id what is to be given back as {@code Last-Event-ID}
   * @param data without line breaks
   */
  public static String of(String name, String id, String data) {
    return "event: " + name + "\nid: " + id + "\ndata: " + data + "\n\n";
  }

  /**
   * Returns an event after which a reader goes on where it would have before it.
   *
   * @param data without line breaks
   */
  public static String of(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  /** Nobody is let in for now: come back after so many milliseconds. */
  static String busy(long retryMillis) {
    return "event: busy\ndata: {}\n" + retry(retryMillis);
  }

  /** How long a reader waits before it connects again, in milliseconds. */
  static String retry(long millis) {
    return "retry: " + millis + "\n\n";
  }
}
