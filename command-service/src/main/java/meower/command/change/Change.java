package meower.command.change;

import meower.schema.MeowDeleted;
import meower.schema.MeowEvent;

/** What becomes of a command that changes a meow. */
sealed interface Change {

  /** The meow is to become this. */
  record Needed(MeowEvent event) implements Change {}

  /** The meow is as it was wanted. */
  record Done(MeowEvent meow) implements Change {}

  /** The meow was deleted; that is final. */
  record Deleted(MeowDeleted meow) implements Change {}

  /** It is another revision than those that may be replaced. */
  record EditedMeanwhile(MeowEvent meow) implements Change {}

  /** The time in which it may be changed is over. */
  record TooLate() implements Change {}

  /** It has been edited as often as that is possible. */
  record TooManyEdits() implements Change {}

  /** There is no such meow. */
  record Unknown() implements Change {}
}
