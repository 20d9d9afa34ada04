package meower.bench.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import meower.standalone.stack.Part;
import meower.standalone.stack.Stack;

/**
 * A contender of which is said, too, what one of its operations costs: the processor time of each
 * part of the stack and of the load client, in microseconds as the system counts them.
 *
 * @param contender what is measured
 * @param stack what it loads
 * @param operations how many operations a measurement had
 */
record Costed(Contender contender, Stack stack, ToDoubleFunction<Sample> operations)
    implements Contender {

  @Override
  public String name() {
    return contender.name();
  }

  @Override
  public Sample measure() throws Exception {
    Map<Part, Duration> before = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      before.put(part, of(part));
    }
    Duration client = client();
    Sample sample = contender.measure();
    double count = operations.applyAsDouble(sample);
    for (Map.Entry<Part, Duration> part : before.entrySet()) {
      Duration used = of(part.getKey()).minus(part.getValue());
      sample = sample.with(part.getKey().label() + " µs", micros(used) / count);
    }
    Duration used = client().minus(client);
    return sample.with("client µs", micros(used) / count);
  }

  private static double micros(Duration duration) {
    return duration.toNanos() / 1e3;
  }

  private Duration of(Part part) throws IOException {
    return ProcessorTime.ofTree(ProcessHandle.of(stack.pid(part).orElseThrow()).orElseThrow());
  }

  /** Alone: what it has started is what it measures. */
  private static Duration client() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
