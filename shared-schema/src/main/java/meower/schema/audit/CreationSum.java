package meower.schema.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import meower.schema.MeowCreated;

/**
 * Sums up creations at their places, as Postgres does it for a {@link LedgerChecksum}: a field of a
 * meow is to be in the line here and in the one there.
 *
 * <p>MD5 is against mistakes, not against malice.
 */
public final class CreationSum {

  private static final long MICROS = 1_000_000;
  private static final int NANOS_OF_MICRO = 1_000;

  private final MessageDigest digest = md5();
  private long count;

  /** Adds the creation of a meow. */
  public void add(long sequence, MeowCreated meow) {
    addLine(sequence + "|" + meow.id().value() + "|" + time(meow.createdAt()) + "|" + meow.body());
  }

  /**
   * Adds something that is no creation, or a wrong one: the sum is then unlike any right one.
   *
   * @param name what it is called where it stands
   */
  public void addWrong(String name) {
    addLine(name + "!");
  }

  /** Returns how many were added. */
  public long count() {
    return count;
  }

  /** Returns the MD5 of their lines, empty without any; nothing may be added afterwards. */
  public String hash() {
    return count == 0 ? "" : HexFormat.of().formatHex(digest.digest());
  }

  private void addLine(String line) {
    digest.update(((count == 0 ? "" : "\n") + line).getBytes(StandardCharsets.UTF_8));
    count++;
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
