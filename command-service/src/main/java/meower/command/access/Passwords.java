package meower.command.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import meower.signing.KeyFile;
import meower.signing.Signatures;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Passwords, which people choose: hashed slowly with PBKDF2, so that a stolen table says little.
 *
 * <p>A check takes a processor for a quarter of a second or so. There are never more than two at a
 * time, and a good one is remembered for a minute, under a key that only this process has.
 */
@Component
class Passwords {

  static final Duration REMEMBERED = Duration.ofSeconds(60);

  private static final String PURPOSE = "password";
  private static final int MOST = 10_000;

  private final Pbkdf2PasswordEncoder encoder =
      Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  private final Signatures fingerprints = new Signatures(List.of(KeyFile.random()));
  private final Semaphore processors = new Semaphore(2);
  private final Cache<String, Boolean> good =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST).build();

  /** Returns what is stored of a password. */
  String hash(String password) {
    return encoder.encode(password);
  }

  /** Tells whether the hash is that of the password. */
  boolean matches(String password, String hash) {
    String fingerprint = fingerprints.sign(PURPOSE, hash + " " + password);
    if (good.getIfPresent(fingerprint) != null) {
      return true;
    }
    processors.acquireUninterruptibly();
    try {
      boolean matches = encoder.matches(password, hash);
      if (matches) {
        good.put(fingerprint, true);
      }
      return matches;
    } finally {
      processors.release();
    }
  }
}
