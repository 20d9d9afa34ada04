package meower.program.change;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import meower.nats.Broadcast;
import meower.nats.NatsLink;
import meower.nats.NatsUnavailableException;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells that somebody came or left, or that a presence was defined anew: those in this instance at
 * once, others over NATS. Nobody stores that, and nobody relies on it: all look every second.
 */
@Component
public final class ChangeNews implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(ChangeNews.class);

  /** The names of programs, with spaces between them. */
  private static final String SUBJECT = "presence.changed";

  private final List<Consumer<String>> hearers = new CopyOnWriteArrayList<>();
  private final Broadcast broadcast;

  ChangeNews(NatsLink link) {
    this.broadcast =
        new Broadcast(link, SUBJECT, programs -> ring(List.of(programs.split(" ", -1))));
  }

  /**
   * Has it told to somebody, too.
   *
   * @param hearer gets the name of a program; it must not take long
   */
  public void listen(Consumer<String> hearer) {
    hearers.add(hearer);
  }

  /** Says so of programs. */
  public void tell(Collection<String> programs) {
    if (programs.isEmpty()) {
      return;
    }
    ring(programs);
    try {
      broadcast.tell(String.join(" ", programs));
    } catch (NatsUnavailableException | IllegalStateException e) {
      log.debug("presence=changed told=no", e);
    }
  }

  private void ring(Collection<String> programs) {
    programs.forEach(program -> hearers.forEach(hearer -> hearer.accept(program)));
  }

  @Override
  public BackgroundLoop loop() {
    return broadcast.loop();
  }
}
