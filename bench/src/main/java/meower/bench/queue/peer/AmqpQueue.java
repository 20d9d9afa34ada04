package meower.bench.queue.peer;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import meower.bench.program.Payload;

/** A durable queue of RabbitMQ over AMQP, with persistent messages and confirms. */
public final class AmqpQueue implements TcpQueue {

  private static final String NAME = "bench-amqp";
  private static final long CONFIRM_MILLIS = 10_000;

  private final RabbitServer server;

  public AmqpQueue(RabbitServer server) {
    this.server = server;
  }

  @Override
  public String name() {
    return "RabbitMQ: AMQP with confirms";
  }

  @Override
  public void prepare() throws Exception {
    try (Connection connection = open();
        Channel channel = connection.createChannel()) {
      channel.queueDeclare(NAME, true, false, false, Map.of());
    }
  }

  @Override
  public void clear() throws Exception {
    try (Connection connection = open();
        Channel channel = connection.createChannel()) {
      channel.queueDelete(NAME);
    }
  }

  @Override
  public Worker connect() throws Exception {
    return new Cycles(open());
  }

  /** Returns a connection that publishes without waiting for each message. */
  public Publisher publisher() throws Exception {
    Connection connection = open();
    return new Publisher(connection, confirmed(connection));
  }

  /**
   * Waits for messages, which it acknowledges.
   *
   * @param arrived is told how many microseconds ago each was made
   */
  public AutoCloseable consume(LongConsumer arrived) throws Exception {
    Connection connection = open();
    Channel channel = connection.createChannel();
    channel.basicQos(100);
    channel.basicConsume(
        NAME,
        false,
        (_, delivery) -> {
          arrived.accept(Payload.age(new String(delivery.getBody(), StandardCharsets.UTF_8)));
          channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
        },
        _ -> {});
    return connection;
  }

  private Connection open() throws IOException, TimeoutException {
    var factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(server.amqpPort());
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection();
  }

  private static Channel confirmed(Connection connection) throws IOException {
    Channel channel = connection.createChannel();
    channel.confirmSelect();
    return channel;
  }

  private static void publish(Channel channel) throws IOException {
    channel.basicPublish("", NAME, MessageProperties.PERSISTENT_TEXT_PLAIN, Payload.bytes());
  }

  /** Publishes as fast as it is told to; all of it is confirmed when it is closed. */
  public static final class Publisher implements AutoCloseable {

    private final Connection connection;
    private final Channel channel;

    Publisher(Connection connection, Channel channel) {
      this.connection = connection;
      this.channel = channel;
    }

    public void publish() throws IOException {
      AmqpQueue.publish(channel);
    }

    @Override
    public void close() throws IOException {
      try {
        channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
      } catch (TimeoutException e) {
        throw new IOException("not confirmed", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        connection.close();
      }
    }
  }

  private static final class Cycles implements Worker {

    private final Connection connection;
    private final Channel channel;

    Cycles(Connection connection) throws IOException {
      this.connection = connection;
      this.channel = confirmed(connection);
    }

    @Override
    public void cycle() throws Exception {
      publish(channel);
      channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
      GetResponse got = channel.basicGet(NAME, false);
      while (got == null) {
        got = channel.basicGet(NAME, false);
      }
      channel.basicAck(got.getEnvelope().getDeliveryTag(), false);
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }
}
