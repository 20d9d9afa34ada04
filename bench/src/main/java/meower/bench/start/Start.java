package meower.bench.start;

import java.io.IOException;
import java.time.Duration;
import meower.bench.lab.Contender;
import meower.bench.lab.Memory;
import meower.bench.lab.Sample;
import meower.standalone.stack.Part;
import meower.standalone.stack.Stack;

/** Stops every part, starts them all at once and waits until nginx says that all is well. */
final class Start implements Contender {

  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Stack stack;

  Start(Stack stack) {
    this.stack = stack;
  }

  @Override
  public String name() {
    return "Meower: all eight processes";
  }

  @Override
  public Sample measure() throws Exception {
    for (Part part : Part.values()) {
      stack.stop(part);
    }
    long start = System.nanoTime();
    stack.start((_, _) -> {});
    double seconds = (System.nanoTime() - start) / 1e9;
    Thread.sleep(IDLE);
    Sample sample = Sample.of("s until healthy", seconds);
    double all = 0;
    for (Part part : Part.values()) {
      double memory = memory(part);
      all += memory;
      sample = sample.with(part.label() + " MB", memory);
    }
    return sample.with("all MB", all);
  }

  private double memory(Part part) throws IOException {
    return Memory.ofProcess(stack.pid(part).orElseThrow()) / 1e6;
  }
}
