package meower.bench.post;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.LongStream;
import meower.bench.http.HttpLoad;
import meower.bench.http.HttpResult;
import meower.bench.http.Posted;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import tools.jackson.databind.json.JsonMapper;

/** Meower's {@code POST /meows} through nginx: answered when the meow is on disk. */
public final class Posts implements Contender {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpLoad load;
  private final Duration time;
  private final String name;
  private final int port;
  private final Iterator<String> texts;
  private long number;

  /** Posts texts that hardly differ. */
  public Posts(int port, int connections, Duration time) {
    this(port, connections, time, alike());
  }

  /** Posts these texts. */
  public Posts(int port, int connections, Duration time, Iterator<String> texts) {
    this("Meower: POST /meows through nginx", port, connections, time, texts);
  }

  /** Posts to something else that takes the same requests. */
  static Posts to(String name, int port, int connections, Duration time) {
    return new Posts(name, port, connections, time, alike());
  }

  private static Iterator<String> alike() {
    return LongStream.iterate(1, n -> n + 1)
        .mapToObj(
            "the %,d. meow of a benchmark, as long as most of them are: 70 letters"::formatted)
        .iterator();
  }

  private Posts(String name, int port, int connections, Duration time, Iterator<String> texts) {
    this.name = name;
    this.port = port;
    this.time = time;
    this.texts = texts;
    this.load =
        new HttpLoad(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            connections,
            this::request);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Sample measure() throws Exception {
    HttpResult result = load.run(time).requireOnly(201);
    return Sample.of("posts/s", result.perSecond())
        .with("p50 ms", result.micros().getValueAtPercentile(50) / 1e3)
        .with("p99 ms", result.micros().getValueAtPercentile(99) / 1e3);
  }

  /** Posts at least so many. */
  public void fill(long count) throws IOException {
    while (number < count) {
      load.run(Duration.ofSeconds(1)).requireOnly(201);
    }
  }

  private ByteBuffer request() {
    number++;
    return Posted.to(
        port, "/meows", Posted.json(), JSON.writeValueAsString(Map.of("body", texts.next())));
  }
}
