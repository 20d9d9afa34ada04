package meower.e2e.chaos.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import meower.e2e.chaos.checker.Checker;
import meower.e2e.chaos.history.Post;

/**
 * Posts one text after the other, and changes its mind about some. With a key it repeats each until
 * it is acknowledged, sometimes twice at once as by a double click; without one it takes what
 * comes.
 */
final class Poster {

  private static final double DOUBLE_CLICKS = 0.03;

  private final Client client;
  private final Checker checker;
  private final boolean withKeys;
  private final Duration pause;
  private final Corrections corrections;

  /**
   * @param pause between two posts
   */
  Poster(Client client, Checker checker, boolean withKeys, Duration pause) {
    this.client = client;
    this.checker = checker;
    this.withKeys = withKeys;
    this.pause = pause;
    this.corrections = new Corrections(client, checker);
  }

  void run(BooleanSupplier goesOn) throws InterruptedException {
    while (goesOn.getAsBoolean()) {
      var post = checker.ledger().write(withKeys);
      if (!withKeys) {
        attempt(post);
      } else if (ThreadLocalRandom.current().nextDouble() < DOUBLE_CLICKS) {
        insistTwice(post);
      } else {
        insist(post);
      }
      corrections.sometimes();
      Pause.about(pause);
    }
  }

  private void insistTwice(Post post) throws InterruptedException {
    AtOnce.run(() -> insist(post), () -> insist(post));
  }

  /** Returns when it is acknowledged; the end of the run interrupts it. */
  void insist(Post post) throws InterruptedException {
    for (int tries = 0; !attempt(post); tries++) {
      Pause.backoff(tries);
    }
  }

  /** Returns whether it was acknowledged. */
  boolean attempt(Post post) throws InterruptedException {
    long begin = System.nanoTime();
    try {
      var answer = client.post(post);
      if (answer.status() == 201) {
        checker.ledger().acknowledged(post, answer.meow());
        corrections.posted(new Own(post, answer.meow().id(), answer.undo()));
        return true;
      }
      refused(begin, "POST /meows: " + answer, answer.isProperRefusal());
    } catch (IOException e) {
      checker.failures().excusable(begin, "POST /meows: " + e);
    } catch (RuntimeException e) {
      checker.failures().inexcusable("POST /meows is not understood: " + e);
    }
    return false;
  }

  private void refused(long begin, String what, boolean proper) {
    if (proper) {
      checker.failures().excusable(begin, what);
    } else {
      checker.failures().inexcusable(what);
    }
  }
}
