package meower.operations.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import meower.schema.MeowCreated;
import meower.schema.audit.LedgerChecksum;

/**
 * What a range holds of meows that nobody has touched since they were posted, in short; the owners
 * of Postgres and of the index compute the same by themselves.
 *
 * @param count how many meows
 * @param hash MD5 of their lines, empty without any: against mistakes, not against malice
 */
record Checksum(long count, String hash) {

  private static final long MICROS = 1_000_000;
  private static final int NANOS_OF_MICRO = 1_000;

  /** Sums up what was found; anything else than creations makes the sum unlike any right one. */
  static Checksum of(List<Found> found) {
    MessageDigest digest = md5();
    for (int i = 0; i < found.size(); i++) {
      String line = (i == 0 ? "" : "\n") + line(found.get(i));
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return new Checksum(
        found.size(), found.isEmpty() ? "" : HexFormat.of().formatHex(digest.digest()));
  }

  static Checksum of(LedgerChecksum postgres) {
    return new Checksum(postgres.count(), postgres.hash());
  }

  private static String line(Found found) {
    Entry entry = found.entry();
    return entry != null && entry.event() instanceof MeowCreated meow
        ? found.place() + "|" + found.id() + "|" + time(meow.createdAt()) + "|" + meow.body()
        : found.place() + "|" + found.id() + "!";
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
