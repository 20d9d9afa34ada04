package meower.operations.audit;

/** Something that is not as it has to be; its text is one line. */
sealed interface Finding permits Difference, Inconsistency {

  /** What is wrong. */
  enum Kind {
    /** It is not there. */
    MISSING,
    /** It should not be there. */
    UNEXPECTED,
    /** It is at its place with another content. */
    CHANGED,
    /** It is there, at the wrong place. */
    MISPLACED,
    /** All of it is not where it should be yet. */
    BEHIND
  }

  Kind kind();
}
