package meower.command.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meower.web.pass.Scope;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.Query;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** All programs and their secrets, in Postgres. */
@Component
class Programs {

  private static final Duration USE = Duration.ofMinutes(1);

  private final JdbcAggregateTemplate rows;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Clock clock;

  Programs(
      JdbcAggregateTemplate rows, JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
    this.rows = rows;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Makes a program with its first secret.
   *
   * @throws org.springframework.dao.DuplicateKeyException if there is one of this name
   */
  void add(String name, Set<Scope> scopes, ProgramSecret.Kind kind, String hash) {
    Instant now = now();
    transactions.executeWithoutResult(_ -> {
      rows.insert(Program.of(name, scopes, now));
      rows.insert(ProgramSecret.of(name, kind, hash, now));
    });
  }

  /** Gives a program another secret; those that it has end after a while. */
  void rotate(String name, ProgramSecret.Kind kind, String hash, Duration keep) {
    Instant now = now();
    transactions.executeWithoutResult(_ -> {
      for (ProgramSecret old : secrets(name)) {
        if (old.isGood(now) && !keep.isZero()) {
          rows.update(old.endingAt(now.plus(keep)));
        } else {
          rows.delete(old);
        }
      }
      rows.insert(ProgramSecret.of(name, kind, hash, now));
    });
  }

  /** Ends a program and all its secrets. */
  void remove(Program program) {
    rows.delete(program);
  }

  Optional<Program> find(String name) {
    return Optional.ofNullable(rows.findById(name, Program.class));
  }

  List<Program> all() {
    return rows.findAll(Program.class).stream()
        .sorted(Comparator.comparing(Program::name))
        .toList();
  }

  /** Returns the secrets of a program that are good now. */
  List<ProgramSecret> goodSecrets(String program) {
    Instant now = now();
    return secrets(program).stream().filter(secret -> secret.isGood(now)).toList();
  }

  /** Returns whose token it is now. */
  Optional<Program> owner(Token token) {
    Criteria same = Criteria.where("hash").is(token.hash()).and("kind").is("TOKEN");
    return rows.findOne(Query.query(same), ProgramSecret.class)
        .filter(secret -> secret.isGood(now()))
        .flatMap(secret -> find(secret.program()));
  }

  /** Notes that the program has come, to the minute: not every request is a write. */
  void used(String name) {
    Instant now = now();
    jdbc.sql(
            """
            update program set last_used_at = :now
            where name = :name and (last_used_at is null or last_used_at < :before)
            """)
        .param("name", name)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("before", now.minus(USE).atOffset(ZoneOffset.UTC))
        .update();
  }

  private List<ProgramSecret> secrets(String program) {
    return rows.findAll(Query.query(Criteria.where("program").is(program)), ProgramSecret.class);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
