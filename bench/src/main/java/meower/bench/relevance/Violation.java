package meower.bench.relevance;

/**
 * A judgement that does not hold.
 *
 * @param key of the text that is missing, wrong, or too far behind
 */
record Violation(JudgedQuery query, Fault fault, String key) {

  /** What is the matter with a text. */
  enum Fault {
    MISSING("misses"),
    WRONG("finds"),
    NOT_FIRST("has not first");

    private final String verb;

    Fault(String verb) {
      this.verb = verb;
    }
  }

  /** Says it in one line. */
  String line() {
    return "%s (%s): [%s] %s %s"
        .formatted(query.kind(), query.language(), query.query(), fault.verb, key);
  }
}
