package meower.bench.queue.peer;

import meower.bench.http.Conversation;

/** A queue that is used over HTTP. */
public interface HttpQueue extends Ground {

  /** Returns where its server listens, on loopback. */
  int port();

  /** Returns a connection that publishes, fetches and acknowledges again and again. */
  Conversation cycles();
}
