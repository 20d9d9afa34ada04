package meower.query.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import meower.query.model.MeowDocument;
import meower.query.model.audit.IndexChecksum;
import meower.schema.MeowCreated;
import meower.schema.MeowId;
import org.jspecify.annotations.Nullable;

/** Sums up documents as Postgres sums up the creations that have made them. */
final class DocumentChecksum {

  private final MessageDigest digest = md5();
  private long count;

  void add(String handle, @Nullable MeowDocument document) {
    String line = (count == 0 ? "" : "\n") + line(handle, document);
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    count++;
  }

  IndexChecksum result() {
    return new IndexChecksum(count, count == 0 ? "" : HexFormat.of().formatHex(digest.digest()));
  }

  private static String line(String handle, @Nullable MeowDocument document) {
    String body = document == null ? null : document.body();
    if (document == null || body == null || !handle.equals(document.id())) {
      return handle + "!";
    }
    try {
      MeowCreated meow =
          new MeowCreated(new MeowId(handle), body, Instant.parse(document.createdAt()));
      return MeowDocument.of(meow, document.sequence()).equals(document)
          ? document.sequence() + "|" + handle + "|" + time(meow.createdAt()) + "|" + body
          : handle + "!";
    } catch (NullPointerException | IllegalArgumentException | DateTimeException e) {
      return handle + "!";
    }
  }

  /** Postgres keeps microseconds; a finer time did not come from it. */
  private static String time(Instant instant) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    return instant.truncatedTo(ChronoUnit.MICROS).equals(instant) ? "" + micros : micros + "!";
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
