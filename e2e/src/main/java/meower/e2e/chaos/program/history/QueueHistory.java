package meower.e2e.chaos.program.history;

import java.util.ArrayList;
import java.util.List;

/** All that happened to one queue. Safe for use by several threads. */
public final class QueueHistory {

  private final String queue;
  private final List<Publication> publications = new ArrayList<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Settlement> settlements = new ArrayList<>();

  public QueueHistory(String queue) {
    this.queue = queue;
  }

  public String queue() {
    return queue;
  }

  public void publishing(Publication publication) {
    synchronized (publications) {
      publications.add(publication);
    }
  }

  public void delivered(Delivery delivery) {
    synchronized (deliveries) {
      deliveries.add(delivery);
    }
  }

  public void settled(Settlement settlement) {
    synchronized (settlements) {
      settlements.add(settlement);
    }
  }

  /** In the order in which they were begun. */
  public List<Publication> publications() {
    synchronized (publications) {
      return List.copyOf(publications);
    }
  }

  /** In the order in which they were written down. */
  public List<Delivery> deliveries() {
    synchronized (deliveries) {
      return List.copyOf(deliveries);
    }
  }

  public List<Settlement> settlements() {
    synchronized (settlements) {
      return List.copyOf(settlements);
    }
  }
}
