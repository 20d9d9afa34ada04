package meower.bench.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import meower.bench.lab.Lab;
import meower.bench.queue.peer.BeanstalkServer;
import meower.bench.queue.peer.ElasticMqServer;
import meower.bench.queue.peer.RabbitServer;
import meower.bench.queue.peer.RedisServer;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Executables;
import meower.standalone.server.NatsServer;
import meower.standalone.server.Server;
import meower.standalone.stack.ProjectLayout;

/** Those servers that are installed here, running; what is missing is said and left out. */
final class Peers implements AutoCloseable {

  private static final int FIRST_PORT = 10;

  private final Deque<Server> running = new ArrayDeque<>();
  private final Optional<ElasticMqServer> elasticMq;
  private final Optional<RabbitServer> rabbit;
  private final Optional<RedisServer> redis;
  private final Optional<BeanstalkServer> beanstalk;

  private final NatsServer nats;

  private Peers(Lab lab) throws IOException {
    DataFolder data = lab.peers();
    int port = lab.peerPort(FIRST_PORT);
    Path libraries = libraries();
    elasticMq =
        there(
                lab,
                Files.isDirectory(libraries),
                "ElasticMQ",
                "mvn -f bench/peers/elasticmq package")
            ? Optional.of(new ElasticMqServer(libraries, data, port))
            : Optional.empty();
    rabbit =
        there(
                lab,
                RabbitServer.program().isPresent(),
                "RabbitMQ",
                "apt-get install rabbitmq-server")
            ? Optional.of(new RabbitServer(data, port + 1))
            : Optional.empty();
    redis =
        there(lab, isInstalled(RedisServer.PROGRAM), "Redis", "apt-get install redis-server")
            ? Optional.of(new RedisServer(data, port + 5))
            : Optional.empty();
    beanstalk =
        there(lab, isInstalled(BeanstalkServer.PROGRAM), "beanstalkd", "apt-get install beanstalkd")
            ? Optional.of(new BeanstalkServer(data, port + 6))
            : Optional.empty();
    nats = new NatsServer(data, port + 7, port + 8);
    running.add(nats);
    rabbit.ifPresent(server -> running.add(RabbitServer.before(data, server)));
    rabbit.ifPresent(running::add);
    elasticMq.ifPresent(running::add);
    redis.ifPresent(running::add);
    beanstalk.ifPresent(running::add);
  }

  /** Starts them. */
  static Peers start(Lab lab) throws IOException {
    Peers peers = new Peers(lab);
    try {
      peers.running.forEach(Server::start);
      return peers;
    } catch (RuntimeException e) {
      peers.close();
      throw e;
    }
  }

  NatsServer nats() {
    return nats;
  }

  private static boolean isInstalled(String program) {
    return Executables.find(program).isPresent();
  }

  private static boolean there(Lab lab, boolean installed, String name, String remedy) {
    if (!installed) {
      lab.say("NOT MEASURED: %s is not installed: %s".formatted(name, remedy));
    }
    return installed;
  }

  private static Path libraries() {
    return ProjectLayout.find().root().resolve("bench/peers/elasticmq/target/lib");
  }

  Optional<ElasticMqServer> elasticMq() {
    return elasticMq;
  }

  Optional<RabbitServer> rabbit() {
    return rabbit;
  }

  Optional<RedisServer> redis() {
    return redis;
  }

  Optional<BeanstalkServer> beanstalk() {
    return beanstalk;
  }

  @Override
  public void close() {
    running.descendingIterator().forEachRemaining(Server::stop);
  }
}
