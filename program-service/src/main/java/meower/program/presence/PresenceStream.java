package meower.program.presence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import meower.program.change.Changes;
import meower.program.change.PresenceChange;
import meower.web.events.EventOutput;
import meower.web.events.ServerSentEvent;

/**
 * One reader of the changes of a program: everybody at first, or what has happened since the change
 * that it has seen last, then what happens. Belongs to the thread of its request.
 */
final class PresenceStream {

  private final String caller;
  private final String program;
  private final Watch watch;
  private final EventOutput out;
  private final long endsAt;
  private long position;
  private int era;
  private long commentDue;
  private volatile boolean ended;

  PresenceStream(String caller, String program, Watch watch, EventOutput out, Duration lifetime) {
    this.caller = caller;
    this.program = program;
    this.watch = watch;
    this.out = out;
    this.endsAt = System.nanoTime() + lifetime.toNanos();
  }

  /** Tells whether it is read by a program, or tells of one. */
  boolean concerns(String name) {
    return caller.equals(name) || program.equals(name);
  }

  String caller() {
    return caller;
  }

  String program() {
    return program;
  }

  /** Has it end; its reader comes back by itself. */
  void end() {
    ended = true;
    watch.wake();
  }

  /**
   * Tells everything until it is over.
   *
   * @param last the version up to which the reader has everything; negative if it has nothing
   * @throws IOException if the reader is gone, or takes nothing
   */
  void run(long last) throws IOException, InterruptedException {
    commentDue = System.nanoTime() + EventOutput.COMMENTS.toNanos();
    position = last;
    catchUp();
    while (!isOver()) {
      Duration pause = Duration.ofNanos(Math.min(commentDue, endsAt) - System.nanoTime());
      Optional<RecentChanges.Next> next = watch.await(position, pause, this::isDisturbed);
      if (next.isEmpty() || watch.era() != era) {
        catchUp();
      } else if (!next.get().events().isEmpty() && !isOver()) {
        send(next.get().events(), next.get().version());
      }
      keepAlive();
    }
  }

  /** Goes on where the reader is, or tells everything anew when not all since then is kept. */
  private void catchUp() throws IOException {
    era = watch.era();
    Optional<Changes> since = position < 0 ? Optional.empty() : watch.ask(position);
    if (since.isPresent() && since.get().covers(position)) {
      long version =
          since.get().next().stream().mapToLong(PresenceChange::version).max().orElse(position);
      send(watch.events(since.get().next()), version);
      return;
    }
    PresenceLists.Listed everybody = watch.snapshot(caller);
    send(
        ServerSentEvent.of(
            "snapshot",
            Long.toString(everybody.version()),
            new String(everybody.json(), StandardCharsets.UTF_8)),
        everybody.version());
  }

  private void send(String events, long version) throws IOException {
    out.send(events);
    position = version;
  }

  private void keepAlive() throws IOException {
    if (System.nanoTime() - commentDue >= 0) {
      out.comment();
      commentDue = System.nanoTime() + EventOutput.COMMENTS.toNanos();
    }
  }

  private boolean isDisturbed() {
    return isOver() || watch.era() != era;
  }

  private boolean isOver() {
    return ended || System.nanoTime() - endsAt >= 0 || !watch.isReadableBy(caller);
  }
}
