package meower.command.post;

import meower.command.meow.Meow;
import meower.schema.MeowDeleted;

/** What became of the command to post a meow. */
public sealed interface Posted {

  /** It is stored and will be seen by everybody. */
  record Accepted(Meow meow) implements Posted {}

  /** It had been stored before under the same key. */
  record Repeated(Meow meow) implements Posted {}

  /** It had been stored before under the same key, and was deleted since. */
  record Deleted(MeowDeleted meow) implements Posted {}

  /** Another meow had been stored before under the same key; nothing was stored. */
  record KeyTaken() implements Posted {}
}
