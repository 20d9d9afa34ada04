package meower.query.projection;

import meower.schema.MalformedEventException;

/** What has become of one event in Elasticsearch. */
public sealed interface WriteOutcome {

  /** It is in the index since now. */
  record Indexed() implements WriteOutcome {}

  /** The index has it, or a later event of the meow: it was delivered again, or overtaken. */
  record AlreadyThere() implements WriteOutcome {}

  /** It is not in the index, and the next try may help. */
  record Failed(String reason) implements WriteOutcome {}

  /** It is not in the index, and no try will ever help. */
  record Impossible(String reason) implements WriteOutcome {

    /** The reason is one line: it goes to the log and into a header. */
    public static Impossible of(MalformedEventException e) {
      Throwable cause = e.getCause();
      String reason = cause == null ? e.getMessage() : e.getMessage() + ": " + cause.getMessage();
      return new Impossible(String.valueOf(reason).lines().findFirst().orElse(""));
    }
  }
}
