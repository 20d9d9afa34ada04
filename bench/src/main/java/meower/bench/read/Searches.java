package meower.bench.read;

import java.time.Duration;
import meower.bench.http.HttpLoad;
import meower.bench.http.HttpResult;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;

/** As many searches as can be answered, and then half as many in a second. */
final class Searches implements Contender {

  /** The figure that says how many were answered altogether. */
  static final String ANSWERS = "answers";

  private final String name;
  private final HttpLoad load;
  private final Duration time;

  Searches(String name, HttpLoad load, Duration time) {
    this.name = name;
    this.load = load;
    this.time = time;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Sample measure() throws Exception {
    HttpResult full = load.run(time).requireOnly(200);
    HttpResult half = load.run(time, full.perSecond() / 2).requireOnly(200);
    return Sample.of("answers/s", full.perSecond())
        .with("p50 ms", full.micros().getValueAtPercentile(50) / 1e3)
        .with("p99 ms", full.micros().getValueAtPercentile(99) / 1e3)
        .with("p99 ms at half load", half.micros().getValueAtPercentile(99) / 1e3)
        .with(ANSWERS, (double) (full.answers() + half.answers()))
        .with("bytes each", (double) full.bytes() / full.answers());
  }
}
