package meower.e2e.chaos;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import meower.e2e.access.Access;
import meower.e2e.chaos.checker.Checker;
import meower.e2e.chaos.history.Outages;
import meower.e2e.chaos.history.Post;
import meower.e2e.chaos.history.SeenMeow;
import meower.e2e.chaos.history.Texts;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.load.Probe.Duty;
import meower.e2e.chaos.program.checker.ProgramChecker;
import meower.e2e.chaos.program.history.MeowFact;
import meower.e2e.chaos.program.history.MeowFact.Deletion;
import meower.e2e.chaos.program.load.ProgramLoad;
import meower.e2e.chaos.program.load.ProgramOptions;
import meower.e2e.chaos.program.load.Registration;

/** What a program does during a run, and the judgement on what it was answered. */
final class ProgramRun implements AutoCloseable {

  private static final String NAME = "chaos";

  /** Within which everything is worked off when nothing is broken any more. */
  private static final Duration WORKED_OFF = Duration.ofSeconds(30);

  /** Within which one takes out all that flowed in. */
  private static final Duration TAKEN = Duration.ofMinutes(5);

  private final Checker meows;
  private final Consumer<String> log;
  private final ProgramChecker checker;
  private final ProgramLoad load;
  private Optional<ProgramChecker.Ends> ends = Optional.empty();

  ProgramRun(
      URI base,
      Access access,
      Checker meows,
      ProgramOptions options,
      Duration reach,
      Consumer<String> log)
      throws IOException, InterruptedException {
    this.meows = meows;
    this.log = log;
    this.checker = new ProgramChecker(reach);
    this.load =
        new ProgramLoad(
            base,
            access.transport(),
            NAME,
            Registration.add(NAME, access),
            meows,
            checker,
            options);
  }

  void start() throws IOException, InterruptedException {
    load.start();
  }

  List<Duty> duties() {
    return load.duties();
  }

  boolean finishWriting(Duration timeout) throws InterruptedException {
    return load.finishWriting(timeout);
  }

  /** Works off what is left, when the last meow is posted. */
  void finishWork() throws IOException, InterruptedException {
    log.accept("working off what is left");
    var last = meows.ledger().get(meows.ledger().size() - 1).meow().map(SeenMeow::id);
    var ended = load.finishWork(last.orElse(""), WORKED_OFF);
    long left = ended.work().left() + ended.topic().left() + ended.kept().left();
    if (left > 0) {
      meows
          .violations()
          .add(
              Kind.SLOW_RECOVERY,
              System.nanoTime(),
              "%d messages are not worked off after %d s".formatted(left, WORKED_OFF.toSeconds()));
    }
    log.accept("left in the queue of the receiver: " + ended.pushed().left());
    ends = Optional.of(ended);
  }

  /** Judges all of it, when the whole timeline is known. */
  void judge(Outages outages) throws IOException, InterruptedException {
    log.accept("taking what flowed in");
    load.takeWhole(TAKEN);
    var facts = meows.ledger().all().stream().flatMap(post -> fact(post).stream()).toList();
    checker.judge(ends.orElseThrow(), facts, outages, meows.violations());
  }

  private static Optional<MeowFact> fact(Post post) {
    return post.meow()
        .map(meow ->
            new MeowFact(
                meow.id(),
                Math.max(1, post.acknowledgedRevision(Post.NEVER)),
                deletion(post),
                topics(post),
                post.sentAt()));
  }

  private static Deletion deletion(Post post) {
    return post.isDeleted() ? Deletion.DONE : post.mayBeDeleted() ? Deletion.ASKED : Deletion.NONE;
  }

  private static Map<Integer, Boolean> topics(Post post) {
    var topics = new HashMap<Integer, Boolean>();
    for (int revision = 1; revision <= post.texts().size(); revision++) {
      int known = revision;
      post.textOf(revision).ifPresent(text -> topics.put(known, Texts.hasTopic(text.body())));
    }
    return topics;
  }

  ProgramChecker.Counts counts() {
    return checker.counts();
  }

  @Override
  public void close() {
    load.close();
  }
}
