package meower.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import meower.bench.BenchOptions.Subject;
import meower.bench.index.RebuildBenchmark;
import meower.bench.post.PostBenchmark;
import meower.bench.push.LatencyBenchmark;
import meower.bench.push.PushBenchmark;
import meower.bench.push.SteadyBenchmark;
import meower.bench.read.SearchBenchmark;
import meower.bench.read.TimelineBenchmark;
import meower.bench.start.StartBenchmark;
import meower.standalone.ProjectLayout;
import meower.standalone.Stack;
import meower.standalone.StackOptions;

/** {@code ./meower bench}: measures a Meower of its own, and its peers in the same run. */
public final class Bench {

  private Bench() {}

  public static void main(String[] words) throws Exception {
    try {
      BenchOptions options = BenchOptions.parse(List.of(words));
      List<Comparison.Outcome> outcomes = measure(options);
      say("");
      outcomes.stream().flatMap(outcome -> Tables.of(outcome).stream()).forEach(Bench::say);
      if (options.json().isPresent()) {
        Json.write(outcomes, options.json().get());
      }
      if (options.charts().isPresent()) {
        Charts.write(outcomes, options.charts().get());
      }
    } catch (IllegalArgumentException e) {
      say("meower: " + e.getMessage());
      System.exit(2);
    }
  }

  private static Benchmark benchmark(Subject subject) {
    return switch (subject) {
      case POST -> new PostBenchmark();
      case TIMELINE -> new TimelineBenchmark();
      case SEARCH -> new SearchBenchmark();
      case PUSH -> new PushBenchmark();
      case STEADY -> new SteadyBenchmark();
      case LATENCY -> new LatencyBenchmark();
      case REBUILD -> new RebuildBenchmark();
      case START -> new StartBenchmark();
    };
  }

  /** Each with a Meower of its own, so that what one leaves behind is no load for the next. */
  private static List<Comparison.Outcome> measure(BenchOptions options) throws Exception {
    List<Subject> subjects = options.subjects().stream().sorted().toList();
    List<Benchmark> ofMeows =
        subjects.stream().filter(Subject.OF_MEOWS::contains).map(Bench::benchmark).toList();
    List<Comparison.Outcome> outcomes = new ArrayList<>();
    if (!ofMeows.isEmpty()) {
      outcomes.addAll(run(ofMeows, options.meows(), options));
    }
    for (Subject subject : subjects) {
      if (!Subject.OF_MEOWS.contains(subject)) {
        outcomes.addAll(run(List.of(benchmark(subject)), List.of(0), options));
      }
    }
    return outcomes;
  }

  /** On one Meower, which has more and more meows. */
  private static List<Comparison.Outcome> run(
      List<Benchmark> benchmarks, List<Integer> meows, BenchOptions options) throws Exception {
    Path data = Files.createTempDirectory("meower-bench");
    data.toFile().setExecutable(true, false); // nginx's workers are another user than root
    Stack stack =
        new Stack(
            ProjectLayout.find(),
            new StackOptions(data.resolve("meower"), options.ports()),
            Bench::say);
    Thread close = new Thread(stack::close, "stop-stack");
    Runtime.getRuntime().addShutdownHook(close);
    try {
      stack.start((_, _) -> {});
      List<Comparison.Outcome> outcomes = new ArrayList<>();
      for (int size : meows) {
        for (Benchmark benchmark : benchmarks) {
          outcomes.addAll(benchmark.run(new Lab(options, data, stack, size, Bench::say)));
        }
      }
      return outcomes;
    } finally {
      stack.close();
      Runtime.getRuntime().removeShutdownHook(close);
      delete(data);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
