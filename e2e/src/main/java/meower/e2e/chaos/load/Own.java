package meower.e2e.chaos.load;

import meower.e2e.chaos.history.Post;

/**
 * A meow that somebody has posted.
 *
 * @param undo what it can be changed with
 */
record Own(Post post, String id, String undo) {

  /** What somebody makes of it who has another meow. */
  Own withUndoOf(Own other) {
    return new Own(post, id, other.undo());
  }
}
