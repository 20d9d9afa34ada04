package meower.program.upkeep;

import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import meower.database.SchemaMigration;
import meower.nats.NatsLink;
import meower.nats.RequestListener;
import meower.nats.RequestSender;
import meower.program.queue.QueueProperties;
import meower.schema.program.ProgramList;
import meower.schema.program.ProgramRequests;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks the command service from time to time which programs there are. Queues, and who is here,
 * outlive their program for {@link #KEPT}: it may have been removed by mistake, and comes back
 * under its name.
 */
@Component
class ProgramWatch implements BackgroundWork {

  /** How long what a program has that was removed is kept. */
  static final Duration KEPT = Duration.ofDays(7);

  private static final Logger log = LoggerFactory.getLogger(ProgramWatch.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SCHEMA = Duration.ofSeconds(1);

  private final NatsLink link;
  private final AbsentPrograms absent;
  private final SchemaMigration schema;
  private final Duration interval;
  private final BackgroundLoop loop =
      new BackgroundLoop("program-watch", Backoff.DEFAULT, this::round);

  ProgramWatch(
      NatsLink link, AbsentPrograms absent, SchemaMigration schema, QueueProperties properties) {
    this.link = link;
    this.absent = absent;
    this.schema = schema;
    this.interval = properties.programsEvery();
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  private void round() throws Exception {
    Thread.sleep(interval);
    if (schema.await(SCHEMA)) {
      absent.note(programs());
      int dropped = absent.drop(KEPT);
      if (dropped > 0) {
        log.info("queues={} state=deleted reason=program-removed", dropped);
      }
      int forgotten = absent.forgetPresence(KEPT);
      if (forgotten > 0) {
        log.info("presences={} state=deleted reason=program-removed", forgotten);
      }
    }
  }

  private List<String> programs() throws Exception {
    Message answer =
        RequestSender.send(link.connection(), ProgramRequests.LIST, new byte[0], TIMEOUT)
            .orElseThrow(
                () -> new IOException("the command service does not say which programs there are"));
    if (answer.hasHeaders() && answer.getHeaders().containsKey(RequestListener.ERROR)) {
      throw new IOException(answer.getHeaders().getFirst(RequestListener.ERROR));
    }
    return ProgramRequests.decode(answer.getData(), ProgramList.class).programs().stream()
        .map(ProgramList.Entry::name)
        .toList();
  }
}
