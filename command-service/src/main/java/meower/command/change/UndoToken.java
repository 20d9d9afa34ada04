package meower.command.change;

import meower.schema.MeowId;
import meower.signing.Signatures;
import org.springframework.stereotype.Component;

/**
 * What whoever posts a meow gets with the answer, and shows to correct it or to take it back. It is
 * the same whenever the post is repeated.
 */
@Component
public final class UndoToken {

  /** The header of the answer to a post, and of the request that changes the meow. */
  public static final String HEADER = "Meower-Undo";

  /** The header that says until when it is good for anything. */
  public static final String UNTIL_HEADER = "Meower-Undo-Until";

  private static final String PURPOSE = "undo";

  private final Signatures signatures;

  UndoToken(Signatures signatures) {
    this.signatures = signatures;
  }

  public String of(MeowId meow) {
    return signatures.sign(PURPOSE, meow.value());
  }

  boolean isOf(MeowId meow, String token) {
    return signatures.verify(PURPOSE, meow.value(), token);
  }
}
