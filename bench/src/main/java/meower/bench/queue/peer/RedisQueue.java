package meower.bench.queue.peer;

import java.util.List;
import java.util.Map;
import meower.bench.program.Payload;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/** A stream of Redis, of which a group of consumers reads. */
public final class RedisQueue implements TcpQueue {

  private static final String STREAM = "bench";
  private static final String GROUP = "workers";
  private static final int BLOCK_MILLIS = 1_000;

  private final RedisServer server;

  public RedisQueue(RedisServer server) {
    this.server = server;
  }

  @Override
  public String name() {
    return "Redis: a stream, appendfsync always";
  }

  @Override
  public void prepare() {
    try (Jedis jedis = open()) {
      jedis.xgroupCreate(STREAM, GROUP, new StreamEntryID(), true);
    }
  }

  @Override
  public void clear() {
    try (Jedis jedis = open()) {
      jedis.del(STREAM);
    }
  }

  @Override
  public Worker connect() {
    return new Cycles(open());
  }

  private Jedis open() {
    return new Jedis("127.0.0.1", server.port());
  }

  private record Cycles(Jedis jedis) implements Worker {

    @Override
    public void cycle() {
      jedis.xadd(STREAM, Map.of("body", Payload.now()), XAddParams.xAddParams());
      List<Map.Entry<String, List<StreamEntry>>> got = read();
      while (got == null || got.isEmpty()) {
        got = read();
      }
      StreamEntryID id = got.getFirst().getValue().getFirst().getID();
      // Acknowledged ones would stay in the stream.
      try (Pipeline both = jedis.pipelined()) {
        both.xack(STREAM, GROUP, id);
        both.xdel(STREAM, id);
        both.sync();
      }
    }

    private List<Map.Entry<String, List<StreamEntry>>> read() {
      return jedis.xreadGroup(
          GROUP,
          "worker",
          XReadGroupParams.xReadGroupParams().count(1).block(BLOCK_MILLIS),
          Map.of(STREAM, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
    }

    @Override
    public void close() {
      jedis.close();
    }
  }
}
