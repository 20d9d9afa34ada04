package meower.bench.queue.peer;

/** A queue that is used over a protocol of its own. */
public interface TcpQueue extends Ground {

  /** Connects. */
  Worker connect() throws Exception;
}
