package meower.schema.audit;

import tools.jackson.databind.json.JsonMapper;

/**
 * What operators' commands ask the owners of the data over NATS, and how a question is written. One
 * instance of the service answers each question, out of what is true at its moment; whoever asks
 * for more than an answer holds asks for the next part.
 *
 * <p>The subjects are outside of what any stream takes in: nobody needs a request after its moment.
 */
public final class AuditRequests {

  /** How far the stream is published: {@link LedgerEpoch}. */
  public static final String LEDGER_EPOCH = "command.epoch";

  /** How much there is in Postgres: {@link LedgerStatus}. */
  public static final String LEDGER_STATUS = "command.status";

  /** Sums up what was published in a range: {@link LedgerRange}, {@link LedgerChecksum}. */
  public static final String LEDGER_CHECKSUM = "command.checksum";

  /**
   * All that happened to the meows with an event in a range: {@link LedgerRange}, {@link
   * LedgerEntries}.
   */
  public static final String LEDGER_ENTRIES = "command.entries";

  /** All that happened to certain meows: {@link LedgerMeows}, {@link LedgerEntries}. */
  public static final String LEDGER_MEOWS = "command.meows";

  /**
   * Which events contradict something else in Postgres: {@link LedgerRange} of their {@code seq},
   * {@link LedgerContradictions}.
   */
  public static final String LEDGER_CONTRADICTIONS = "command.contradictions";

  /** Mend outbox and stream: {@link LedgerMending}. */
  public static final String LEDGER_MEND = "command.mend";

  /** So many bytes of JSON an answer has at most, unless its first entry alone is larger. */
  public static final int MOST_BYTES = 700_000;

  /** So many of anything a question names at most. */
  public static final int MOST_NAMED = 10_000;

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private AuditRequests() {}

  /** Reads the JSON form of a question or an answer. */
  public static <T> T decode(byte[] json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  /** Returns the JSON form of a question or an answer. */
  public static byte[] encode(Object message) {
    return MAPPER.writeValueAsBytes(message);
  }
}
