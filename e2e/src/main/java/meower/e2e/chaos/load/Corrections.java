package meower.e2e.chaos.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import meower.e2e.chaos.checker.Checker;
import meower.e2e.chaos.history.Text;
import meower.e2e.chaos.history.Violation.Kind;

/**
 * What one poster makes of what it has posted: it edits and deletes, sometimes twice at once, and
 * repeats each until it is answered. Now and then it tries to change a meow with what belongs to
 * another one.
 */
final class Corrections {

  private static final double EDITS = 0.1;
  private static final double DELETIONS = 0.1;
  private static final double THEFTS = 0.02;
  private static final double AT_ONCE = 0.3;
  private static final int KEPT = 60;

  private static final OptionalInt NOTHING_SEEN = OptionalInt.empty();

  private final Client client;
  private final Checker checker;
  private final List<Own> own = new ArrayList<>();

  Corrections(Client client, Checker checker) {
    this.client = client;
    this.checker = checker;
  }

  /** It has posted this, perhaps not for the first time. */
  void posted(Own meow) {
    synchronized (own) {
      var before = own.stream().filter(known -> known.id().equals(meow.id())).findFirst();
      if (before.isEmpty()) {
        own.add(meow);
      } else if (!before.get().undo().equals(meow.undo())) {
        checker.failures().inexcusable(meow.post() + " has another Meower-Undo when repeated");
      }
      if (own.size() > KEPT) {
        own.removeFirst();
      }
    }
  }

  /** Changes its mind, or mostly does not. */
  void sometimes() throws InterruptedException {
    double dice = ThreadLocalRandom.current().nextDouble();
    if (isEmpty()) {
      return;
    }
    if (dice < EDITS) {
      edit(any());
    } else if (dice < EDITS + DELETIONS) {
      delete(any());
    } else if (dice < EDITS + DELETIONS + THEFTS) {
      steal(any(), any());
    }
  }

  private boolean isEmpty() {
    synchronized (own) {
      return own.isEmpty();
    }
  }

  private Own any() {
    synchronized (own) {
      return own.get(ThreadLocalRandom.current().nextInt(own.size()));
    }
  }

  private static boolean chance(double of) {
    return ThreadLocalRandom.current().nextDouble() < of;
  }

  private void edit(Own meow) throws InterruptedException {
    var text = checker.ledger().edit(meow.post());
    if (!chance(AT_ONCE)) {
      insist(meow, text, revision(meow));
    } else if (chance(0.5)) {
      var known = revision(meow);
      AtOnce.run(() -> insist(meow, text, known), () -> insist(meow, text, known));
    } else {
      var other = checker.ledger().edit(meow.post());
      var known = revision(meow);
      AtOnce.run(() -> insist(meow, text, known), () -> insist(meow, other, known));
    }
  }

  private void delete(Own meow) throws InterruptedException {
    if (!chance(AT_ONCE)) {
      insistOnDeletion(meow);
    } else if (chance(0.5)) {
      AtOnce.run(() -> insistOnDeletion(meow), () -> insistOnDeletion(meow));
    } else {
      var text = checker.ledger().edit(meow.post());
      var known = revision(meow);
      AtOnce.run(() -> insistOnDeletion(meow), () -> insist(meow, text, known));
    }
  }

  /** What it has seen last, of which it says every other time that only this may be replaced. */
  private static OptionalInt revision(Own meow) {
    return chance(0.5)
        ? OptionalInt.of(meow.post().acknowledgedRevision(Long.MAX_VALUE))
        : OptionalInt.empty();
  }

  private void insist(Own meow, Text text, OptionalInt revision) throws InterruptedException {
    for (int tries = 0; !attempt(meow, text, revision); tries++) {
      Pause.backoff(tries);
    }
  }

  private void insistOnDeletion(Own meow) throws InterruptedException {
    for (int tries = 0; !attemptDeletion(meow); tries++) {
      Pause.backoff(tries);
    }
  }

  /** Returns whether it was answered. */
  private boolean attempt(Own meow, Text text, OptionalInt revision) throws InterruptedException {
    return attempt(
        "PUT",
        meow,
        () -> {
          var answer = client.edit(meow, text, revision);
          switch (answer.status()) {
            case 200 -> checker.ledger().editAcknowledged(text, answer.meow());
            case 410 -> {
              text.refused();
              checker.ledger().gone(meow.id(), "an edit");
            }
            case 412 -> {
              text.refused();
              require(revision.isPresent() && hasOtherEdits(meow, text), "PUT", meow, answer);
            }
            default -> require(answer.isProperRefusal(), "PUT", meow, answer);
          }
          return answer;
        });
  }

  private boolean attemptDeletion(Own meow) throws InterruptedException {
    return attempt(
        "DELETE",
        meow,
        () -> {
          meow.post().deleting();
          var answer = client.delete(meow);
          if (answer.status() == 204) {
            meow.post().deleted();
          } else {
            require(answer.isProperRefusal(), "DELETE", meow, answer);
          }
          return answer;
        });
  }

  /** What was sent more than once may be in its own way. */
  private static boolean hasOtherEdits(Own meow, Text text) {
    return text.isRepeated()
        || meow.post().texts().stream().skip(1).anyMatch(other -> other != text && other.isSent());
  }

  /** Tries to change a meow with what belongs to another one. */
  private void steal(Own meow, Own other) throws InterruptedException {
    if (other.id().equals(meow.id())) {
      return;
    }
    var stolen = meow.withUndoOf(other);
    if (chance(0.5)) {
      var text = checker.ledger().foreignEdit(meow.post());
      attempt("PUT", meow, () -> requireForbidden(meow, client.edit(stolen, text, NOTHING_SEEN)));
    } else {
      attempt("DELETE", meow, () -> requireForbidden(meow, client.delete(stolen)));
    }
  }

  private Answer requireForbidden(Own meow, Answer answer) {
    if (answer.status() / 100 == 2) {
      checker
          .violations()
          .add(
              Kind.NOT_YOURS,
              System.nanoTime(),
              meow.post() + " was changed with what belongs to another one: " + answer);
    } else if (answer.status() != 403 && !answer.isProperRefusal()) {
      checker.failures().inexcusable("a stranger's change of " + meow.id() + ": " + answer);
    }
    return answer;
  }

  private void require(boolean right, String method, Own meow, Answer answer) {
    if (!right) {
      checker.failures().inexcusable(method + " /meows/" + meow.id() + ": " + answer);
    }
  }

  /** Returns whether it was answered. */
  private boolean attempt(String method, Own meow, Exchange exchange) throws InterruptedException {
    long begin = System.nanoTime();
    String what = method + " /meows/" + meow.id() + ": ";
    try {
      var answer = exchange.answer();
      if (!answer.isProperRefusal()) {
        return true;
      }
      checker.failures().excusable(begin, what + answer);
    } catch (IOException e) {
      checker.failures().excusable(begin, what + e);
    } catch (RuntimeException e) {
      checker.failures().inexcusable(what + "not understood: " + e);
      return true;
    }
    return false;
  }

  private interface Exchange {
    Answer answer() throws IOException, InterruptedException;
  }
}
