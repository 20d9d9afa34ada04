package meower.bench.callback;

import java.nio.ByteBuffer;
import java.time.Duration;
import meower.bench.http.HttpLoad;
import meower.bench.http.Posted;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.bench.program.Payload;

/** What the receiver takes when nothing but a client of one thread calls it. */
record BareCalls(Duration time) implements Contender {

  @Override
  public String name() {
    return "bare NIO client, the limit";
  }

  @Override
  public Sample measure() throws Exception {
    try (Receiver receiver = new Receiver(_ -> {})) {
      var load =
          HttpLoad.of(
              receiver.port(),
              PushedQueue.IN_FLIGHT,
              () -> new Publishing(() -> call(receiver), 200));
      return Sample.of("calls/s", load.run(time).operationsPerSecond());
    }
  }

  private static ByteBuffer call(Receiver receiver) {
    return Posted.to(receiver.port(), "/hook", "Content-Type: text/plain\r\n", Payload.now());
  }
}
