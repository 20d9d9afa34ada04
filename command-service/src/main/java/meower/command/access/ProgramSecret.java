package meower.command.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * By what a program is known; the secret itself is stored nowhere.
 *
 * @param endsAt nothing for one that is good until it is replaced
 */
@Table("program_secret")
record ProgramSecret(
    @Id @Nullable Long id,
    String program,
    Kind kind,
    String hash,
    Instant createdAt,
    @Nullable Instant endsAt) {

  enum Kind {
    TOKEN,
    PASSWORD
  }

  static ProgramSecret of(String program, Kind kind, String hash, Instant now) {
    return new ProgramSecret(null, program, kind, hash, now, null);
  }

  ProgramSecret endingAt(Instant end) {
    return endsAt != null && endsAt.isBefore(end)
        ? this
        : new ProgramSecret(id, program, kind, hash, createdAt, end);
  }

  boolean isGood(Instant now) {
    return endsAt == null || now.isBefore(endsAt);
  }
}
