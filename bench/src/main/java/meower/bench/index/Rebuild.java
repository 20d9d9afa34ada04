package meower.bench.index;

import io.nats.client.Connection;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import meower.bench.lab.Broker;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.nats.RequestSender;
import meower.query.model.IndexRequests;
import meower.query.model.IndexStatus;

/** {@code ./meower rebuild-index}: from the request until the new index has everything. */
final class Rebuild implements Contender {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Broker broker;

  Rebuild(Broker broker) {
    this.broker = broker;
  }

  @Override
  public String name() {
    return "Meower: rebuild-index";
  }

  @Override
  public Sample measure() throws Exception {
    Connection nats = broker.connect();
    try {
      long start = System.nanoTime();
      IndexStatus status = ask(nats, IndexRequests.REBUILD);
      String target = status.target();
      while (!target.equals(status.read()) && status.filled() < status.last()) {
        Thread.sleep(LOOK);
        status = ask(nats, IndexRequests.STATUS);
      }
      double filled = (System.nanoTime() - start) / 1e9;
      while (!target.equals(status.read())) {
        if (status.state() == IndexStatus.State.REFUSED) {
          throw new IOException("the new index was refused");
        }
        Thread.sleep(LOOK);
        status = ask(nats, IndexRequests.STATUS);
      }
      return Sample.of("meows/s", status.last() / filled)
          .with("s until it is read", (System.nanoTime() - start) / 1e9);
    } finally {
      nats.close();
    }
  }

  private static IndexStatus ask(Connection nats, String request) throws Exception {
    Message answer =
        RequestSender.send(nats, request, new byte[0], PATIENCE)
            .orElseThrow(() -> new IOException(request + " was not answered"));
    if (answer.getData().length == 0) {
      throw new IOException(request + ": " + Objects.toString(answer.getHeaders()));
    }
    return IndexStatus.decode(answer.getData());
  }
}
