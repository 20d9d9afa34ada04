package meower.e2e.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import meower.e2e.access.Access;
import meower.e2e.chaos.checker.Checker;
import meower.e2e.chaos.fault.Fault;
import meower.e2e.chaos.fault.FaultKind;
import meower.e2e.chaos.fault.Plan;
import meower.e2e.chaos.fault.Rig;
import meower.e2e.chaos.history.Post;
import meower.e2e.chaos.history.Text;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.load.Client;
import meower.e2e.chaos.load.Load;
import meower.e2e.chaos.load.Probe;
import meower.e2e.chaos.remains.Remains;
import meower.e2e.chaos.remains.RemainsSearch;
import meower.e2e.chaos.remains.Words;

/** One run against a stack of its own: load, faults, quiet, judgement. */
final class ChaosRun {

  private static final Duration WARM_UP = Duration.ofSeconds(3);

  /** In which everybody goes on when all has recovered: what they see then has no excuse. */
  private static final Duration CALM = Duration.ofSeconds(10);

  private static final Duration QUIET = Duration.ofSeconds(90);

  private final ChaosOptions options;
  private final Rig rig;
  private final Consumer<String> log;
  private final Checker checker;

  ChaosRun(ChaosOptions options, Rig rig, Consumer<String> log) {
    this.options = options;
    this.rig = rig;
    this.log = log;
    this.checker = new Checker("s" + options.seed(), options.bounds().reach());
  }

  ChaosReport run() throws Exception {
    rig.start();
    var recovery = options.bounds().recovery();
    var calm = recovery.plus(CALM);
    try (var client = new Client(rig.url(), access().transport());
        var load = new Load(client, checker, options.load());
        var programs =
            new ProgramRun(
                client.base(),
                access(),
                checker,
                options.programs(),
                options.bounds().reach(),
                log)) {
      var probe = new Probe(client, checker, load, programs.duties());
      var striking = new Striking(recovery, rig, probe, checker.violations(), log);
      programs.start();
      load.start();
      warmUp(probe);
      striking.run(new Plan(options.seed(), faults()), options.time().minus(calm));
      log.accept("nothing strikes any more");
      Thread.sleep(calm);
      settle(load, programs, probe);
      return judge(client, programs, striking);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("%s; until then: %s".formatted(e, violations()), e);
    }
  }

  private ChaosReport judge(Client client, ProgramRun programs, Striking striking)
      throws Exception {
    log.accept("judging");
    var end = new FinalReads(client, checker, options.bounds().recovery());
    int meows = checker.judge(end.timeline(), striking.outages());
    end.searchAll();
    end.readChanges();
    new Audit(access(), checker.violations(), log).run();
    var remains = searchRemains();
    programs.judge(striking.outages());
    return report(striking, meows, programs, remains);
  }

  private Access access() {
    return new Access(rig.ports(), rig.data());
  }

  /** For a run that could not be judged: why may be among them. */
  private String violations() {
    return checker.violations().all().stream()
        .map(violation -> violation.kind() + ": " + violation.what())
        .collect(Collectors.joining(", "));
  }

  /** A start is no fault, and may take longer than a recovery. */
  private void warmUp(Probe probe) throws InterruptedException {
    Thread.sleep(WARM_UP);
    probe.await(QUIET).ifPresent(what -> violation(Kind.SLOW_RECOVERY, what + " after the start"));
  }

  private List<Fault> faults() {
    var faults = Plan.faults(rig.available(), rig.ports().all());
    return options.only().isEmpty()
        ? faults
        : faults.stream()
            .filter(fault -> options.only().stream().anyMatch(fault.toString()::contains))
            .toList();
  }

  private void settle(Load load, ProgramRun programs, Probe probe)
      throws IOException, InterruptedException {
    log.accept("waiting until all is quiet");
    load.calmDown();
    if (!load.finishPosting(QUIET) || !programs.finishWriting(QUIET)) {
      violation(
          Kind.SLOW_RECOVERY, "calls with a key are refused " + QUIET.toSeconds() + " s after all");
    }
    probe.awaitEverybody(QUIET).ifPresent(what -> violation(Kind.LOST, what));
    programs.finishWork();
  }

  /** Of a deleted post every text is searched, also what was never taken. */
  private List<Remains> searchRemains() throws Exception {
    log.accept("searching what was deleted");
    var remains =
        new RemainsSearch(rig.data(), rig.ports(), log)
            .run(words(Post::isDeleted), words(post -> !post.mayBeDeleted()));
    for (var place : remains) {
      place.words().forEach(word -> violation(Kind.NOT_ERASED, word + " in " + place.place()));
    }
    return remains;
  }

  private Words words(Predicate<Post> of) {
    return new Words(
        checker.ledger().texts().mark(),
        checker.ledger().all().stream()
            .filter(of)
            .flatMap(post -> post.texts().stream())
            .map(Text::word)
            .collect(Collectors.toSet()));
  }

  private void violation(Kind kind, String what) {
    checker.violations().add(kind, System.nanoTime(), what);
  }

  private ChaosReport report(
      Striking striking, int meows, ProgramRun programs, List<Remains> remains) {
    var posts = checker.ledger().all();
    var missing =
        Arrays.stream(FaultKind.values()).filter(k -> !rig.available().contains(k)).toList();
    return new ChaosReport(
        options,
        striking.strikes(),
        checker.violations().all(),
        missing,
        new ChaosReport.Counts(
            posts.size(),
            posts.stream().filter(Post::isAcknowledged).count(),
            posts.stream().filter(Post::isEdited).count(),
            posts.stream().filter(Post::isDeleted).count(),
            meows,
            checker.failures().count()),
        programs.counts(),
        remains);
  }
}
