package meower.schema.audit;

import java.util.List;
import java.util.Objects;

/**
 * Has the command service mend what an audit has found. Asked again, it changes nothing more.
 *
 * @param epoch the number of the epoch in the ledger; of another one nothing is mended
 * @param lost {@code seq} of events that are neither published nor in the outbox
 * @param waiting {@code seq} of events that are in the outbox and should not be, or not so often
 * @param messages sequences of messages that do not belong into the stream
 * @param foreign sequences of messages that go if the ledger says that they are no events; from a
 *     version before there are none
 */
public record LedgerMending(
    int epoch, List<Long> lost, List<Long> waiting, List<Long> messages, List<Long> foreign) {

  public LedgerMending {
    lost = List.copyOf(lost);
    waiting = List.copyOf(waiting);
    messages = List.copyOf(messages);
    foreign = List.copyOf(Objects.requireNonNullElse(foreign, List.of()));
  }

  public LedgerMending(int epoch, List<Long> lost, List<Long> waiting, List<Long> messages) {
    this(epoch, lost, waiting, messages, List.of());
  }

  /** Has messages taken out that are no events of Postgres, and no other ones. */
  public static LedgerMending ofForeign(int epoch, List<Long> sequences) {
    return new LedgerMending(epoch, List.of(), List.of(), List.of(), sequences);
  }

  /**
   * What has become of it.
   *
   * @param anew whether the stream has to be made anew now: a message was deleted that the ledger
   *     does not say to be erased
   * @param foreign how many of those that were named so are gone, or about to go
   */
  public record Result(boolean anew, int foreign) {}
}
