package meower.program.receiver;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The secrets of queues: made here, shown once, and never again but to sign. */
@Component
public class SigningSecrets {

  private static final Duration ROTATION = Duration.ofHours(24);

  private final JdbcClient jdbc;
  private final SecretCipher cipher;
  private final SecureRandom random = new SecureRandom();

  SigningSecrets(DataSource database, SecretCipher cipher) {
    this.jdbc = StrictJdbc.on(database);
    this.cipher = cipher;
  }

  /**
   * A secret that is not in the database yet.
   *
   * @param text as it is shown
   * @param sealed as it is stored
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
  public record Draft(String text, byte[] sealed) {
    @Override
    public String toString() {
      return "Draft"; // never the secret
    }
  }

  /**
   * The secret after a change.
   *
   * @param text as it is shown
   * @param previousUntil when the one before ends, if there is one
   */
  public record Rotated(String text, @Nullable Instant previousUntil) {
    @Override
    public String toString() {
      return "Rotated[" + previousUntil + "]"; // never the secret
    }
  }

  /** Makes a secret for the queue of this name. */
  public Draft draft(String queue) {
    byte[] secret = new byte[SigningSecret.BYTES];
    random.nextBytes(secret);
    return new Draft(SigningSecret.text(secret), cipher.seal(queue, secret));
  }

  /**
   * Returns the secrets with which the queue's calls are signed, the newest first.
   *
   * @throws IllegalStateException if there is none that can be decrypted
   */
  public List<SigningSecret> of(long queue, String name) {
    List<SigningSecret> secrets =
        jdbc
            .sql(
                """
                select secret, ends_at from push_secret
                where queue = :queue and (ends_at is null or ends_at > now())
                order by id desc
                """)
            .param("queue", queue)
            .query((row, _) -> secret(name, row))
            .list()
            .stream()
            .flatMap(Optional::stream)
            .toList();
    if (secrets.isEmpty()) {
      throw new IllegalStateException(
          "queue=%s has no secret that can be decrypted: the key has changed. Put the old one back into its file, or have the program rotate the secret"
              .formatted(name));
    }
    return secrets;
  }

  private Optional<SigningSecret> secret(String name, ResultSet row) throws SQLException {
    @Nullable Instant endsAt = endsAt(row);
    return cipher.open(name, row.getBytes("secret")).map(bytes -> new SigningSecret(bytes, endsAt));
  }

  private static @Nullable Instant endsAt(ResultSet row) throws SQLException {
    OffsetDateTime endsAt = row.getObject("ends_at", OffsetDateTime.class);
    return endsAt == null ? null : endsAt.toInstant();
  }

  /** Makes another secret; the present one signs beside it for a day, and an older one no more. */
  public Rotated rotate(long queue, String name) {
    Draft draft = draft(name);
    @Nullable Instant until =
        jdbc.sql(
                """
                with ended as (
                  delete from push_secret where queue = :queue and ends_at is not null
                ), previous as (
                  update push_secret
                  set ends_at = now() + :millis * interval '1 millisecond'
                  where queue = :queue and ends_at is null
                  returning ends_at
                ), made as (
                  insert into push_secret (queue, secret)
                  select :queue, :secret from (select count(*) from previous) as done
                ), told as (
                  update push set revision = revision + 1 where queue = :queue
                )
                select max(ends_at) as ends_at from previous
                """)
            .param("queue", queue)
            .param("millis", ROTATION.toMillis())
            .param("secret", draft.sealed())
            .query((row, _) -> Optional.ofNullable(endsAt(row)))
            .single()
            .orElse(null);
    return new Rotated(draft.text(), until);
  }
}
