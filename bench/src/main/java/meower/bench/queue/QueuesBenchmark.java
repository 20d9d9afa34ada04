package meower.bench.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Contender;
import meower.bench.lab.Lab;
import meower.bench.program.Program;
import meower.bench.queue.peer.AmqpQueue;
import meower.bench.queue.peer.BeanstalkQueue;
import meower.bench.queue.peer.JetStreamQueue;
import meower.bench.queue.peer.RabbitHttpQueue;
import meower.bench.queue.peer.RedisQueue;
import meower.bench.queue.peer.SqsQueue;
import meower.bench.queue.peer.TcpQueue;

/** Queues: how many messages, how soon, from meows, and beside a snapshot that is held. */
public final class QueuesBenchmark implements Benchmark {

  private static final int CONNECTIONS = 64;
  private static final int BATCH = 100;
  private static final String CYCLES = "cycles/s";
  private static final String MESSAGES = "messages/s";

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    List<Comparison.Outcome> outcomes = new ArrayList<>();
    try (Program program = Program.add(lab)) {
      try (Peers peers = Peers.start(lab)) {
        outcomes.add(oneByOne(lab, program, peers));
        outcomes.add(batches(lab, program, peers));
        outcomes.add(arrival(lab, program, peers));
      }
      outcomes.add(feeds(lab, program));
      outcomes.add(new HeldSnapshot(lab, new MeowerQueue(program, BATCH), CONNECTIONS).compare());
    }
    return outcomes;
  }

  private static Comparison.Outcome oneByOne(Lab lab, Program program, Peers peers)
      throws Exception {
    Duration time = lab.options().time();
    List<Contender> contenders = new ArrayList<>();
    contenders.add(
        lab.costed(new HttpCycles(new MeowerQueue(program, 1), CONNECTIONS, time, CYCLES)));
    peers
        .elasticMq()
        .map(server -> new HttpCycles(new SqsQueue(server, 1), CONNECTIONS, time, CYCLES))
        .ifPresent(contenders::add);
    peers
        .rabbit()
        .map(server -> new HttpCycles(new RabbitHttpQueue(server), CONNECTIONS, time, CYCLES))
        .ifPresent(contenders::add);
    bounds(peers).stream()
        .map(queue -> new TcpCycles(queue, CONNECTIONS, time, CYCLES))
        .forEach(contenders::add);
    return lab.compare("Publish, fetch, acknowledge, " + CONNECTIONS + " connections", contenders);
  }

  /** What is possible without HTTP: no aim, but to be seen beside it. */
  private static List<TcpQueue> bounds(Peers peers) {
    List<TcpQueue> queues = new ArrayList<>();
    peers.rabbit().map(AmqpQueue::new).ifPresent(queues::add);
    peers.redis().map(RedisQueue::new).ifPresent(queues::add);
    peers.beanstalk().map(BeanstalkQueue::new).ifPresent(queues::add);
    queues.add(new JetStreamQueue(peers.nats().url()));
    return queues;
  }

  private static Comparison.Outcome batches(Lab lab, Program program, Peers peers)
      throws Exception {
    Duration time = lab.options().time();
    List<Contender> contenders = new ArrayList<>();
    contenders.add(
        lab.costed(new HttpCycles(new MeowerQueue(program, BATCH), CONNECTIONS, time, MESSAGES)));
    peers
        .elasticMq()
        .map(server ->
            new HttpCycles(new SqsQueue(server, SqsQueue.MOST), CONNECTIONS, time, MESSAGES))
        .ifPresent(contenders::add);
    contenders.add(SkipLocked.contender(lab, CONNECTIONS, BATCH));
    return lab.compare("The same in batches, " + CONNECTIONS + " connections", contenders);
  }

  private static Comparison.Outcome arrival(Lab lab, Program program, Peers peers)
      throws Exception {
    Duration time = lab.options().time();
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new Arrival(new MeowerQueue(program, 1), time));
    peers
        .rabbit()
        .map(server -> new AmqpArrival(new AmqpQueue(server), time))
        .ifPresent(contenders::add);
    return lab.compare(
        Arrival.RATE + " messages in a second, until a fetch that waits has them", contenders);
  }

  private static Comparison.Outcome feeds(Lab lab, Program program) throws Exception {
    return lab.compare(
        FeedLag.RATE + " meows in a second into " + FeedLag.QUEUES + " queues",
        List.of(new FeedLag(lab, program)));
  }
}
