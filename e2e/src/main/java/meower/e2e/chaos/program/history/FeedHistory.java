package meower.e2e.chaos.program.history;

import java.util.ArrayList;
import java.util.List;

/** What somebody got of a feed, in that order. Safe for use by several threads. */
public final class FeedHistory {

  private final String queue;
  private final List<FedMessage> messages = new ArrayList<>();

  public FeedHistory(String queue) {
    this.queue = queue;
  }

  public String queue() {
    return queue;
  }

  public synchronized void got(FedMessage message) {
    messages.add(message);
  }

  public synchronized List<FedMessage> messages() {
    return List.copyOf(messages);
  }
}
