package meower.schema.audit;

import java.util.List;

/**
 * Has the command service mend what an audit has found. Asked again, it changes nothing more.
 *
 * @param epoch the number of the epoch in the ledger; of another one nothing is mended
 * @param lost {@code seq} of events that are neither published nor in the outbox
 * @param waiting {@code seq} of events that are in the outbox and should not be, or not so often
 * @param messages sequences of messages that do not belong into the stream
 */
public record LedgerMending(int epoch, List<Long> lost, List<Long> waiting, List<Long> messages) {

  public LedgerMending {
    lost = List.copyOf(lost);
    waiting = List.copyOf(waiting);
    messages = List.copyOf(messages);
  }

  /**
   * What has become of it.
   *
   * @param anew whether the stream has to be made anew now: a message was deleted that the ledger
   *     does not say to be erased
   */
  public record Result(boolean anew) {}
}
