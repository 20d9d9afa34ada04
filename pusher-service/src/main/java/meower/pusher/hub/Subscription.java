package meower.pusher.hub;

import jakarta.websocket.CloseReason;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import meower.pusher.feed.Selection;
import meower.text.Hashtag;

/**
 * What of the feed a browser wants: what it asked for when it connected, and the topics for which
 * it has sent {@code sub #cats} and {@code unsub #cats} since, or the same without the {@code #}. A
 * search stays as it is.
 *
 * <p>The browser's messages come on one thread at a time; any thread may ask for the selection.
 */
final class Subscription {

  /** More at once is no use of topics but a load. */
  static final int MOST_COMMANDS = 200;

  static final Duration PERIOD = Duration.ofSeconds(10);

  private static final String SUBSCRIBE = "sub ";
  private static final String UNSUBSCRIBE = "unsub ";

  /** In UTF-16 code units; a tag is not longer than a meow. */
  private static final int LONGEST_COMMAND = 300;

  private final Places.Place place;
  private final int maxTopics;
  private final LongSupplier nanoTime;
  private volatile Selection selection;
  private String received = "";
  private long periodStart;
  private int commands;

  /**
   * @param selection what it begins with
   * @param place which is charged what it costs
   * @param maxTopics the most topics at once
   */
  Subscription(Selection selection, Places.Place place, int maxTopics, LongSupplier nanoTime) {
    this.selection = selection;
    this.place = place;
    this.maxTopics = maxTopics;
    this.nanoTime = nanoTime;
    this.periodStart = nanoTime.getAsLong();
  }

  /** Returns the selection; another one when it has changed. */
  Selection selection() {
    return selection;
  }

  /** The browser has gone, and costs nothing any more. */
  void end() {
    place.leave();
  }

  /**
   * Takes a message, or a piece of one.
   *
   * @return why the connection has to be closed, if it has
   */
  Optional<CloseReason> receive(String piece, boolean last) {
    if (received.length() + piece.length() > LONGEST_COMMAND) {
      return Optional.of(CloseReasons.PROTOCOL_BROKEN);
    }
    String command = received + piece;
    if (!begins(command, SUBSCRIBE) && !begins(command, UNSUBSCRIBE)) {
      return Optional.of(CloseReasons.PROTOCOL_BROKEN);
    }
    received = last ? "" : command;
    return last ? obey(command) : Optional.empty();
  }

  /** As far as it is there. */
  private static boolean begins(String command, String word) {
    return command.startsWith(word) || word.startsWith(command);
  }

  private Optional<CloseReason> obey(String command) {
    if (isTooOften()) {
      return Optional.of(CloseReasons.TOO_MANY_COMMANDS);
    }
    boolean more = command.startsWith(SUBSCRIBE);
    String word = more ? SUBSCRIBE : UNSUBSCRIBE;
    if (!command.startsWith(word)) {
      return Optional.of(CloseReasons.PROTOCOL_BROKEN);
    }
    String typed = command.substring(word.length());
    return Hashtag.parse(typed)
        .or(() -> Hashtag.parse("#" + typed))
        .map(topic -> change(topic.name(), more))
        .orElseGet(() -> Optional.of(CloseReasons.PROTOCOL_BROKEN));
  }

  private Optional<CloseReason> change(String topic, boolean more) {
    if (!(selection instanceof Selection.Topics(Set<String> topics))) {
      return Optional.of(CloseReasons.HAS_A_SEARCH);
    }
    Set<String> changed = new HashSet<>(topics);
    if (more ? changed.add(topic) : changed.remove(topic)) {
      if (changed.size() > maxTopics) {
        return Optional.of(CloseReasons.TOO_MANY_TOPICS);
      }
      Selection wanted = new Selection.Topics(changed);
      if (!place.fits(wanted)) {
        return Optional.of(CloseReasons.NO_ROOM);
      }
      selection = wanted;
    }
    return Optional.empty();
  }

  private boolean isTooOften() {
    long now = nanoTime.getAsLong();
    if (now - periodStart >= PERIOD.toNanos()) {
      periodStart = now;
      commands = 0;
    }
    return ++commands > MOST_COMMANDS;
  }
}
