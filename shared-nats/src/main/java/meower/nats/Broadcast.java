package meower.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;

/**
 * Tells all instances of all services something that counts at this moment only, and hears what
 * they tell: at most once, and to nobody while NATS is away. Whoever depends on it has another way
 * to find out, later.
 */
public final class Broadcast implements BackgroundWork {

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private final NatsLink link;
  private final String subject;
  private final Consumer<String> hearer;
  private final BackgroundLoop loop;
  private volatile @Nullable Connection heard;

  /**
   * @param subject outside of what any stream takes in
   * @param hearer what is done with what is told, also by this instance; not for long
   */
  public Broadcast(NatsLink link, String subject, Consumer<String> hearer) {
    this.link = link;
    this.subject = subject;
    this.hearer = hearer;
    this.loop = new BackgroundLoop("broadcast-" + subject, Backoff.DEFAULT, this::listen);
  }

  /**
   * Tells it, without waiting for anybody to hear it.
   *
   * @throws NatsUnavailableException while there is no connection
   */
  public void tell(String text) throws NatsUnavailableException {
    link.connection().publish(subject, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Tells whether what the others tell is heard at the moment. */
  public boolean isListening() {
    return link.isConnected() && heard != null;
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  /** A connection that was given up is replaced by another one, which has to be listened to. */
  private void listen() throws Exception {
    Connection connection = link.connection();
    if (!connection.equals(heard)) {
      Dispatcher dispatcher =
          connection.createDispatcher(
              m -> hearer.accept(new String(m.getData(), StandardCharsets.UTF_8)));
      dispatcher.subscribe(subject);
      heard = connection;
    }
    Thread.sleep(POLL_INTERVAL);
  }
}
