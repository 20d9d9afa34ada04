package meower.e2e.chaos.program.checker;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import meower.e2e.chaos.history.Outages;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;
import meower.e2e.chaos.program.history.PresenceHistory;
import meower.e2e.chaos.program.history.PresenceHistory.LookUp;
import meower.e2e.chaos.program.history.PresenceHistory.Read;
import meower.e2e.chaos.program.history.PresenceHistory.Report;

/**
 * Whether those are here who should be: each id that was reported, and that the status API called
 * online, for 30 s and no more than a sweep longer.
 */
final class PresenceJudge {

  private static final long STAYS = Duration.ofSeconds(30).toNanos();

  /** From the end of a stay until the sweep has taken it out, besides the reach. */
  private static final long SWEPT = Duration.ofSeconds(4).toNanos();

  /**
   * From a report until its look-up is stored, besides the reach: once it may find no answer in
   * time, and be done again after a pause.
   */
  private static final long LOOKED_UP = Duration.ofSeconds(8).toNanos();

  /** From when nothing is broken any more until what waited is looked up, besides the reach. */
  private static final long CAUGHT_UP = Duration.ofSeconds(3).toNanos();

  /** What another thread of the run may need to write down a moment. */
  private static final long AIR = Duration.ofMillis(500).toNanos();

  private final long swept;
  private final long lookedUp;
  private final long caughtUp;
  private final Outages outages;
  private final Violations violations;
  private final Map<String, NavigableSet<Long>> reported = new HashMap<>();
  private final Map<String, NavigableSet<Long>> asked = new HashMap<>();
  private final Map<String, NavigableSet<Long>> online = new HashMap<>();
  private final Set<String> known = new HashSet<>();
  private final Set<String> offline = new HashSet<>();

  private PresenceJudge(
      PresenceHistory history, Duration reach, Outages outages, Violations violations) {
    this.swept = SWEPT + reach.toNanos();
    this.lookedUp = LOOKED_UP + reach.toNanos();
    this.caughtUp = CAUGHT_UP + reach.toNanos();
    this.outages = outages;
    this.violations = violations;
    history.reports().forEach(this::add);
    history.lookUps().forEach(this::add);
  }

  /**
   * @param reach within which what has changed shows, while nothing is broken
   */
  static void judge(
      PresenceHistory history, Duration reach, Outages outages, Violations violations) {
    var judge = new PresenceJudge(history, reach, outages, violations);
    history.lookUps().forEach(judge::judgeLookUp);
    history.reads().forEach(judge::judgeRead);
    judge.judgeReports();
  }

  private void add(Report report) {
    known.addAll(report.ids());
    if (report.accepted()) {
      report.ids().forEach(id -> at(reported, id).add(report.sentAt()));
    }
  }

  private void add(LookUp lookUp) {
    at(asked, lookUp.id()).add(lookUp.askedAt());
    if (lookUp.online()) {
      at(online, lookUp.id()).add(lookUp.answeredAt());
    } else {
      offline.add(lookUp.id());
    }
  }

  private static NavigableSet<Long> at(Map<String, NavigableSet<Long>> moments, String id) {
    return moments.computeIfAbsent(id, _ -> new TreeSet<>());
  }

  private void judgeLookUp(LookUp lookUp) {
    if (!known.contains(lookUp.id())) {
      violations.add(Kind.INVENTED, lookUp.askedAt(), "nobody reported " + lookUp.id());
    }
  }

  private void judgeRead(Read read) {
    for (String id : read.ids()) {
      Long seen = online.getOrDefault(id, new TreeSet<>()).floor(read.answeredAt() + AIR);
      if (seen == null) {
        ghost(read, id, offline.contains(id) ? "which is offline" : "of which nobody knows");
      } else if (read.sentAt() > seen + STAYS + swept
          && !outages.isUnsettled(seen + STAYS - swept, read.answeredAt())) {
        ghost(read, id, "%d ms after it was online".formatted((read.sentAt() - seen) / 1_000_000));
      }
    }
    // Before that a look-up may be under way that comes again when its instance was killed.
    if (!outages.isUnsettled(read.sentAt() - caughtUp, read.answeredAt())) {
      reported.forEach((id, moments) -> judgeAbsence(read, id, moments));
    }
  }

  /** Whoever was reported after this moment was looked up later, and is still here. */
  private void judgeAbsence(Read read, String id, NavigableSet<Long> moments) {
    if (read.ids().contains(id) || offline.contains(id)) {
      return;
    }
    Long last = moments.floor(read.sentAt() - lookedUp);
    if (last != null && last > read.answeredAt() - STAYS + AIR) {
      violations.add(
          Kind.PRESENCE_MISSING,
          read.sentAt(),
          "%s is not here %d ms after its report was accepted"
              .formatted(id, (read.sentAt() - last) / 1_000_000));
    }
  }

  /** Every report that was accepted is looked up, however late. */
  private void judgeReports() {
    reported.forEach((id, moments) -> {
      Long last = at(asked, id).isEmpty() ? null : at(asked, id).last();
      if (last == null || last < moments.last()) {
        violations.add(
            Kind.PRESENCE_MISSING,
            moments.last(),
            id + " was reported, which was accepted, and never looked up afterwards");
      }
    });
  }

  private void ghost(Read read, String id, String what) {
    violations.add(Kind.PRESENCE_GHOST, read.sentAt(), id + " is said to be here, " + what);
  }
}
