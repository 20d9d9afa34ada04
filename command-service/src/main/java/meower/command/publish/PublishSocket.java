package meower.command.publish;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import meower.command.change.ChangeProblems;
import meower.command.meow.Meow;
import meower.command.post.BegunPost;
import meower.command.post.PostKey;
import meower.command.post.Posted;
import meower.command.post.Posting;
import meower.command.text.TypedText;
import meower.command.trail.Sender;
import meower.schema.MeowDeleted;
import meower.web.IdempotencyKey;
import meower.web.ProblemException;
import meower.web.RateLimit;
import meower.web.socket.Heartbeat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * One connection over which a program says meows.
 *
 * <p>Frames are begun in their order by the thread that reads, and answered in the same order by a
 * thread that writes. When too many are unanswered the reader waits, and with it, through TCP,
 * whoever sends.
 */
final class PublishSocket {

  private static final Logger log = LoggerFactory.getLogger(PublishSocket.class);
  private static final long LOOK_MILLIS = 500;

  /** What the writer does next. */
  private sealed interface Output {

    /** It writes a text, when that is known. */
    record Answer(Supplier<String> text) implements Output {}

    /** It looks whether the connection is to end. */
    record Wakeup() implements Output {}
  }

  private final WebSocketSession session;
  private final Sender sender;
  private final String program;
  private final FrameFormat format;
  private final Posting posting;
  private final RateLimit rate;
  private final Counter refusals;
  private final Heartbeat heartbeat;
  private final long endOfLife;
  private final Semaphore unanswered;
  private final LinkedBlockingQueue<Output> outputs = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable CloseStatus> ending = new AtomicReference<>();
  private volatile @Nullable Thread writer;
  private volatile boolean over;

  /**
   * @param sender a program
   * @param lifetime in nanoseconds
   */
  PublishSocket(
      WebSocketSession session,
      Sender sender,
      Posting posting,
      RateLimit rate,
      Counter refusals,
      Heartbeat heartbeat,
      long lifetime,
      int maxUnanswered) {
    this.session = session;
    this.sender = sender;
    this.program = Objects.requireNonNull(sender.program());
    this.format = FrameFormat.of(session.getAcceptedProtocol());
    this.posting = posting;
    this.rate = rate;
    this.refusals = refusals;
    this.heartbeat = heartbeat;
    this.endOfLife = heartbeat.now() + lifetime;
    this.unanswered = new Semaphore(maxUnanswered);
  }

  String program() {
    return program;
  }

  void start() {
    writer = Thread.ofVirtual().name("publish-" + session.getId()).start(this::write);
  }

  /**
   * A frame came. Returns when it has been begun, which may be later than now.
   *
   * @return whether it was taken; not when the socket is being closed
   */
  boolean received(String frame) throws InterruptedException {
    heartbeat.ponged();
    unanswered.acquire();
    if (over || ending.get() != null) {
      unanswered.release();
      return false;
    }
    outputs.add(new Output.Answer(begin(frame)));
    return true;
  }

  void ponged() {
    heartbeat.ponged();
  }

  /** Answers what was read, reads no more, and closes; what was said first counts. */
  void end(CloseStatus status) {
    ending.compareAndSet(null, status);
    outputs.add(new Output.Wakeup());
  }

  /** The connection is gone. */
  void gone() {
    over = true;
    unanswered.release(Integer.MAX_VALUE / 2);
    Thread current = writer;
    if (current != null && !Thread.currentThread().equals(current)) {
      current.interrupt();
    }
  }

  /** Waits until all is written; returns whether it is. */
  boolean awaitEnd(long millis) throws InterruptedException {
    Thread current = writer;
    return current == null || current.join(Duration.ofMillis(Math.max(1, millis)));
  }

  private Supplier<String> begin(String frame) {
    if (!rate.tryPass()) {
      String refused = refused(format.refOf(frame), tooFast());
      return () -> refused;
    }
    @Nullable String ref = format.refOf(frame);
    try {
      PublishFrame read = format.read(frame);
      Optional<PostKey> key =
          read.key().map(IdempotencyKey::new).map(named -> PostKey.ofProgram(named, program));
      BegunPost begun = posting.begin(TypedText.of(read.body()), key, sender);
      return () -> answer(ref, begun);
    } catch (ProblemException e) {
      String refused = refused(ref, e);
      return () -> refused;
    }
  }

  private String answer(@Nullable String ref, BegunPost begun) {
    try {
      return switch (begun.await()) {
        case Posted.Accepted(Meow meow) -> PublishAnswer.stored(ref, meow, false);
        case Posted.Repeated(Meow meow) -> PublishAnswer.stored(ref, meow, true);
        case Posted.KeyTaken() -> refused(ref, IdempotencyKey.taken());
        case Posted.Deleted(MeowDeleted meow) -> refused(ref, ChangeProblems.deleted(meow));
      };
    } catch (ProblemException e) {
      return refused(ref, e);
    }
  }

  private String refused(@Nullable String ref, ProblemException problem) {
    refusals.increment();
    return PublishAnswer.refused(ref, problem);
  }

  private static ProblemException tooFast() {
    ProblemException problem =
        new ProblemException(
            HttpStatus.TOO_MANY_REQUESTS,
            "too-many-requests",
            "Too many requests",
            "You are posting faster than a program may. Wait for retry_after seconds, then send it"
                + " again; nothing was stored.");
    problem.getHeaders().set("Retry-After", "1");
    return problem;
  }

  private void write() {
    try {
      while (!over) {
        @Nullable Output next = outputs.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (next instanceof Output.Answer(Supplier<String> text)) {
          session.sendMessage(new TextMessage(text.get()));
          unanswered.release();
        } else if (!lookAround()) {
          return;
        }
      }
    } catch (IOException | IllegalStateException e) {
      log.debug("session={} failed", session.getId(), e);
      closeQuietly(CloseReasons.STALLED);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the connection is gone
    } catch (RuntimeException e) {
      log.error("session={} failed", session.getId(), e);
      closeQuietly(CloseStatus.SERVER_ERROR);
    }
  }

  /** All is answered. Tells whether the connection goes on. */
  private boolean lookAround() throws IOException {
    if (heartbeat.isSilent()) {
      end(CloseReasons.SILENT);
    } else if (heartbeat.now() - endOfLife >= 0) {
      end(CloseReasons.COME_BACK);
    }
    @Nullable CloseStatus status = ending.get();
    if (status != null && outputs.isEmpty()) {
      session.close(status);
      return false;
    }
    if (heartbeat.isPingDue()) {
      heartbeat.pinging();
      session.sendMessage(new PingMessage());
    }
    return true;
  }

  private void closeQuietly(CloseStatus status) {
    try {
      session.close(status);
    } catch (IOException e) {
      log.debug("session={} gone", session.getId(), e);
    }
  }
}
