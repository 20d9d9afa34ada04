package meower.bench.push;

import java.time.Duration;
import java.util.function.LongSupplier;
import meower.bench.lab.Contender;
import meower.bench.lab.Memory;
import meower.bench.lab.Sample;
import meower.bench.push.client.Browsers;
import meower.bench.push.client.Way;

/** What a server keeps for each browser that is connected and gets nothing. */
final class IdleBrowsers implements Contender {

  private static final Duration SETTLE = Duration.ofSeconds(25);

  private final Way way;
  private final LongSupplier freshServer;
  private final int browsers;

  /**
   * @param freshServer starts the server anew, since memory that it once took it may keep; returns
   *     the id of its process
   */
  IdleBrowsers(Way way, LongSupplier freshServer, int browsers) {
    this.way = way;
    this.freshServer = freshServer;
    this.browsers = browsers;
  }

  @Override
  public String name() {
    return way.name();
  }

  @Override
  public Sample measure() throws Exception {
    long pid = freshServer.getAsLong();
    try (Browsers first = new Browsers(way)) {
      first.connect(1);
      Thread.sleep(SETTLE);
      double before = Memory.ofProcess(pid);
      try (Browsers crowd = new Browsers(way)) {
        Duration connected = crowd.connect(browsers);
        Thread.sleep(SETTLE);
        double after = Memory.ofProcess(pid);
        return Sample.of("KB/browser", (after - before) / 1_000 / browsers)
            .with("connect s", connected.toMillis() / 1e3)
            .with("server MB", after / 1e6);
      }
    }
  }
}
