package meower.bench.read;

import java.time.Duration;
import meower.bench.http.HttpResult;
import meower.bench.http.Requests;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;

/** The same request over many connections. */
public final class Reads implements Contender {

  private final String name;
  private final Requests requests;
  private final int status;
  private final int connections;
  private final Duration time;

  /**
   * @param status the one that every answer has to have
   */
  public Reads(String name, Requests requests, int status, int connections, Duration time) {
    this.name = name;
    this.requests = requests;
    this.status = status;
    this.connections = connections;
    this.time = time;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Sample measure() throws Exception {
    HttpResult result = requests.load(connections).run(time).requireOnly(status);
    return Sample.of("answers/s", result.perSecond())
        .with("p50 ms", result.micros().getValueAtPercentile(50) / 1e3)
        .with("p99 ms", result.micros().getValueAtPercentile(99) / 1e3);
  }
}
