package meower.bench.queue.peer;

/** A queue of some server, which is there while it is measured. */
public interface Ground {

  /** Says whose, and how it is spoken to. */
  String name();

  /** Makes the queue, empty. */
  void prepare() throws Exception;

  /** Removes it with what is left in it. */
  void clear() throws Exception;
}
