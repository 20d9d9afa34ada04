package meower.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import meower.bench.callback.CallbacksBenchmark;
import meower.bench.index.RebuildBenchmark;
import meower.bench.lab.BenchOptions;
import meower.bench.lab.BenchOptions.Subject;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Lab;
import meower.bench.lab.Workshop;
import meower.bench.post.PostBenchmark;
import meower.bench.presence.PresenceBenchmark;
import meower.bench.push.EventsBenchmark;
import meower.bench.push.LatencyBenchmark;
import meower.bench.push.PushBenchmark;
import meower.bench.push.ReachBenchmark;
import meower.bench.push.SearchesBenchmark;
import meower.bench.push.SteadyBenchmark;
import meower.bench.queue.QueuesBenchmark;
import meower.bench.read.SearchBenchmark;
import meower.bench.read.TimelineBenchmark;
import meower.bench.relevance.RelevanceBenchmark;
import meower.bench.report.Charts;
import meower.bench.report.Json;
import meower.bench.report.Tables;
import meower.bench.start.StartBenchmark;

/** {@code ./meower bench}: measures a Meower of its own, and its peers in the same run. */
public final class Bench {

  private Bench() {}

  public static void main(String[] words) throws Exception {
    BenchOptions options;
    try {
      options = BenchOptions.parse(List.of(words));
    } catch (IllegalArgumentException e) {
      say("meower: " + e.getMessage());
      System.exit(2);
      return;
    }
    List<Comparison.Outcome> outcomes = new ArrayList<>();
    try {
      measure(options, outcomes);
    } finally {
      // Also when something fails after an hour: what was measured until then is worth as much.
      report(options, outcomes);
    }
  }

  private static void report(BenchOptions options, List<Comparison.Outcome> outcomes)
      throws IOException {
    say("");
    outcomes.stream().flatMap(outcome -> Tables.of(outcome).stream()).forEach(Bench::say);
    if (options.json().isPresent()) {
      Json.write(outcomes, options.json().get());
    }
    if (options.charts().isPresent()) {
      Charts.write(outcomes, options.charts().get());
    }
  }

  private static Benchmark benchmark(Subject subject) {
    return switch (subject) {
      case POST -> new PostBenchmark();
      case TIMELINE -> new TimelineBenchmark();
      case SEARCH -> new SearchBenchmark();
      case RELEVANCE -> new RelevanceBenchmark();
      case PUSH -> new PushBenchmark();
      case STEADY -> new SteadyBenchmark();
      case LATENCY -> new LatencyBenchmark();
      case REACH -> new ReachBenchmark();
      case REBUILD -> new RebuildBenchmark();
      case SSE -> new EventsBenchmark();
      case SEARCHES -> new SearchesBenchmark();
      case QUEUES -> new QueuesBenchmark();
      case CALLBACKS -> new CallbacksBenchmark();
      case PRESENCE -> new PresenceBenchmark();
      case START -> new StartBenchmark();
    };
  }

  /** Each with a Meower of its own, so that what one leaves behind is no load for the next. */
  private static void measure(BenchOptions options, List<Comparison.Outcome> outcomes)
      throws Exception {
    List<Subject> subjects = options.subjects().stream().sorted().toList();
    List<Benchmark> ofMeows =
        subjects.stream().filter(Subject.OF_MEOWS::contains).map(Bench::benchmark).toList();
    if (!ofMeows.isEmpty()) {
      run(ofMeows, options.meows(), options, outcomes);
    }
    for (Subject subject : subjects) {
      if (!Subject.OF_MEOWS.contains(subject)) {
        run(List.of(benchmark(subject)), List.of(0), options, outcomes);
      }
    }
  }

  /** On one Meower, which has more and more meows. */
  private static void run(
      List<Benchmark> benchmarks,
      List<Integer> meows,
      BenchOptions options,
      List<Comparison.Outcome> outcomes)
      throws Exception {
    try (var workshop = new Workshop(options, Bench::say)) {
      workshop.stack().start((_, _) -> {});
      for (int size : meows) {
        for (Benchmark benchmark : benchmarks) {
          outcomes.addAll(benchmark.run(new Lab(options, workshop, size, Bench::say)));
        }
      }
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
