package meower.command.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import meower.signing.KeyFile;
import meower.signing.Signatures;
import meower.signing.Voucher;
import meower.web.pass.Pass;
import meower.web.pass.PassKeys;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Decides who somebody is.
 *
 * <p>A good answer is kept for five seconds, under a fingerprint that only this process can make: a
 * worker asks often. Here and not in the proxy, whose cache would write the secret to the disk.
 */
@Component
class Authentication implements ProgramListener {

  /** For how long a pass is good: much longer than a request is on its way. */
  static final Duration PASS = Duration.ofSeconds(60);

  static final Duration KEPT = Duration.ofSeconds(5);

  /** Less than the proxy waits. */
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  /** How many times as long as it took to see that a password is wrong its address has to wait. */
  private static final int PAUSE = 3;

  private static final String PURPOSE = "authorization";
  private static final int MOST = 10_000;

  /** What came of it. */
  sealed interface Result {

    /** It is this program. */
    record Known(Pass pass) implements Result {}

    /** Nobody knows who it is. */
    record Unknown() implements Result {}

    /** Its address has shown too many wrong secrets lately; this one was not looked at. */
    record Waiting() implements Result {}
  }

  private final Programs programs;
  private final Passwords passwords;
  private final PassKeys keys;
  private final Clock clock;
  private final FailedAttempts failed;
  private final Turns turns = new Turns(TIMEOUT);
  private final Signatures fingerprints = new Signatures(List.of(KeyFile.random()));
  private final AtomicLong changes = new AtomicLong();
  private final Cache<String, Program> recent;

  /**
   * Knows nobody yet.
   *
   * @param clock for when a pass ends
   * @param ticker for how long answers and failed attempts are kept
   */
  Authentication(
      Programs programs, Passwords passwords, PassKeys keys, Clock clock, Ticker ticker) {
    this.programs = programs;
    this.passwords = passwords;
    this.keys = keys;
    this.clock = clock;
    failed = new FailedAttempts(ticker);
    recent = Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST).ticker(ticker).build();
  }

  /**
   * Decides.
   *
   * @param header the value of {@code Authorization}
   * @param address of the client, for those who guess
   * @throws DataAccessException if the programs cannot be looked up
   */
  Result authenticate(String header, String address) {
    String fingerprint = fingerprints.sign(PURPOSE, header);
    Program known = recent.getIfPresent(fingerprint);
    if (known != null) {
      return new Result.Known(pass(known));
    }
    Optional<Credentials> shown = Credentials.of(header);
    return shown.filter(Authentication::isPassword).isPresent()
        ? turns
            .take(address, () -> lookAtPassword(shown, fingerprint, address))
            .orElseGet(Result.Waiting::new)
        : lookAt(shown, fingerprint, address);
  }

  /** With many at a time, guesses would take all processors before the first is found wrong. */
  private Result lookAtPassword(Optional<Credentials> shown, String fingerprint, String address) {
    long began = System.nanoTime();
    Result result = lookAt(shown, fingerprint, address);
    if (result instanceof Result.Unknown) {
      LockSupport.parkNanos(PAUSE * (System.nanoTime() - began));
    }
    return result;
  }

  private Result lookAt(Optional<Credentials> shown, String fingerprint, String address) {
    Program known = recent.getIfPresent(fingerprint);
    if (known != null) {
      return new Result.Known(pass(known));
    }
    if (failed.areTooMany(address)) {
      return new Result.Waiting();
    }
    long before = changes.get();
    Optional<Program> found = shown.flatMap(this::find);
    if (found.isEmpty()) {
      failed.add(address);
      return new Result.Unknown();
    }
    programs.used(found.get().name());
    if (before == changes.get()) {
      recent.put(fingerprint, found.get());
    }
    return new Result.Known(pass(found.get()));
  }

  /** What was found out about it counts no more. */
  @Override
  public void changed(String program) {
    changes.incrementAndGet();
    recent.asMap().values().removeIf(kept -> kept.name().equals(program));
  }

  private static boolean isPassword(Credentials shown) {
    return shown instanceof Credentials.Basic(_, String secret)
        && Token.of(secret).isEmpty()
        && !Voucher.isOne(secret);
  }

  private Optional<Program> find(Credentials credentials) {
    return switch (credentials) {
      case Credentials.Bearer(Token token) -> programs.owner(token);
      case Credentials.Basic(String name, String secret) -> find(name, secret);
    };
  }

  /** A name that nobody has is refused without a password being hashed: names are no secrets. */
  private Optional<Program> find(String name, String secret) {
    Optional<Token> token = Token.of(secret);
    if (token.isPresent()) {
      return programs.owner(token.get()).filter(program -> program.name().equals(name));
    }
    if (Voucher.isOne(secret)) {
      return keys.vouch(name, secret) ? programs.find(name) : Optional.empty();
    }
    boolean matches =
        programs.goodSecrets(name).stream()
            .filter(known -> known.kind() == ProgramSecret.Kind.PASSWORD)
            .anyMatch(known -> passwords.matches(secret, known.hash()));
    return matches ? programs.find(name) : Optional.empty();
  }

  private Pass pass(Program program) {
    return new Pass(program.name(), program.known(), clock.instant().plus(PASS));
  }
}
