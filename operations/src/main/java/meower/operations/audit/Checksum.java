package meower.operations.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * What a range holds, in short; Postgres computes the same by itself.
 *
 * @param count how many meows
 * @param hash MD5 of their lines, empty without any: against mistakes, not against malice
 */
record Checksum(long count, String hash) {

  /** SQL for the hash, over the columns {@code sequence}, {@code id}, {@code created_at}, … */
  static final String HASH_SQL =
      """
      coalesce(md5(string_agg(
        sequence || '|' || id || '|' || (extract(epoch from created_at) * 1000000)::bigint
          || '|' || body, E'\\n' order by sequence)), '')
      """;

  private static final long MICROS = 1_000_000;
  private static final int NANOS_OF_MICRO = 1_000;

  /** Sums up what was found; anything unsound makes the sum unlike any that is right. */
  static Checksum of(List<Found> found) {
    MessageDigest digest = md5();
    for (int i = 0; i < found.size(); i++) {
      Found one = found.get(i);
      String line = (i == 0 ? "" : "\n") + line(one.entry()) + (one.sound() ? "" : "!");
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return new Checksum(
        found.size(), found.isEmpty() ? "" : HexFormat.of().formatHex(digest.digest()));
  }

  private static String line(Entry entry) {
    return entry.sequence() + "|" + entry.id() + "|" + time(entry.createdAt()) + "|" + entry.body();
  }

  /** Postgres keeps microseconds; a finer time did not come from it. */
  private static String time(Instant instant) {
    long micros = instant.getEpochSecond() * MICROS + instant.getNano() / NANOS_OF_MICRO;
    int rest = instant.getNano() % NANOS_OF_MICRO;
    return rest == 0 ? Long.toString(micros) : micros + "." + rest;
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
