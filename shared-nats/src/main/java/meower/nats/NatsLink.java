package meower.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import meower.tls.Trust;
import meower.work.BackgroundLoop;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The one connection of a service to NATS.
 *
 * <p>It is made in the background, so that a service starts while NATS is away, and made again for
 * ever when it is lost. Starts before and stops after everything that uses it.
 */
public final class NatsLink implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(NatsLink.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  /** Below every other phase: first to start, last to stop. */
  public static final int PHASE = Integer.MIN_VALUE + 1000;

  private final NatsProperties properties;
  private final NatsLogin login;
  private final Trust trust;
  private final String clientName;
  private final Semaphore closed = new Semaphore(0);
  private final BackgroundLoop connector =
      new BackgroundLoop("nats-connector", Backoff.DEFAULT, this::connectWhenClosed);
  private final AtomicLong connections = new AtomicLong();
  private volatile @Nullable Connection connection;

  /**
   * A link to a NATS that asks for no name.
   *
   * @param clientName how the connection is called in the server's monitoring
   */
  public NatsLink(NatsProperties properties, String clientName) {
    this(properties, NatsLogin.NONE, Trust.ofTheJdk(), clientName);
  }

  /**
   * @param trust whom to believe that it is NATS, where the connection is encrypted
   * @param clientName how the connection is called in the server's monitoring
   */
  NatsLink(NatsProperties properties, NatsLogin login, Trust trust, String clientName) {
    this.properties = properties;
    this.login = login;
    this.trust = trust;
    this.clientName = clientName;
  }

  /**
   * Returns the connection while it is up.
   *
   * @throws NatsUnavailableException while it is not; try again after a backoff
   */
  public Connection connection() throws NatsUnavailableException {
    Connection current = connection;
    if (current == null || current.getStatus() != Connection.Status.CONNECTED) {
      throw new NatsUnavailableException();
    }
    return current;
  }

  /**
   * Returns what manages JetStream.
   *
   * @param timeout how long an answer is waited for
   * @throws IOException if there is no connection
   */
  public JetStreamManagement management(Duration timeout) throws IOException {
    return connection()
        .jetStreamManagement(JetStreamOptions.builder().requestTimeout(timeout).build());
  }

  /** Tells whether the connection is up at the moment. */
  public boolean isConnected() {
    Connection current = connection;
    return current != null && current.getStatus() == Connection.Status.CONNECTED;
  }

  /**
   * Returns how often a connection came about so far. When it is another number than before, what
   * answers now may be a server that was killed, and does not know all that the one before knew.
   */
  public long connections() {
    return connections.get();
  }

  @Override
  public void start() {
    connector.start();
  }

  @Override
  public void stop() {
    connector.stop(STOP_TIMEOUT);
    Connection current = connection;
    if (current != null) {
      try {
        current.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return connector.isRunning();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  /**
   * The client reconnects by itself; it closes for good only after repeated refusals. One that did
   * not get as far as a connection is closed, too, and nobody's concern.
   */
  private void connectWhenClosed() throws Exception {
    Connection current = connection;
    if (current == null || current.getStatus() == Connection.Status.CLOSED) {
      connection = Nats.connect(options());
      log.info("nats={} state=connected", properties.printableUrl());
    } else if (closed.tryAcquire(1, TimeUnit.SECONDS)) {
      closed.drainPermits();
    }
  }

  private Options options() {
    return NatsOptions.to(properties.url(), login, trust)
        .connectionName(clientName)
        .connectionTimeout(properties.requestTimeout())
        .maxReconnects(-1)
        .reconnectWait(Duration.ofMillis(200))
        .reconnectJitter(Duration.ofMillis(200))
        .pingInterval(Duration.ofSeconds(2))
        .maxPingsOut(2)
        .connectionListener(this::on)
        .errorListener(new QuietErrorListener())
        .build();
  }

  private void on(Connection source, ConnectionListener.Events event) {
    if (event == ConnectionListener.Events.CONNECTED
        || event == ConnectionListener.Events.RECONNECTED) {
      connections.incrementAndGet();
    }
    switch (event) {
      case DISCONNECTED, RECONNECTED ->
          log.info("nats={} state={}", properties.printableUrl(), event.getEvent());
      case CLOSED -> closed.release();
      default -> log.debug("nats={} event={}", properties.printableUrl(), event);
    }
  }

  /** What goes wrong is seen by whoever waits for an answer; here it would only be said twice. */
  private static final class QuietErrorListener implements ErrorListener {

    @Override
    public void errorOccurred(Connection source, String error) {
      log.warn("nats error=\"{}\"", error);
    }

    @Override
    public void exceptionOccurred(Connection source, Exception e) {
      log.debug("nats exception", e);
    }

    @Override
    public void slowConsumerDetected(Connection source, Consumer consumer) {
      log.warn("nats consumer=slow pending={}", consumer.getPendingMessageCount());
    }
  }
}
