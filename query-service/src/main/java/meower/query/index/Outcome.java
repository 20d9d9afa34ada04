package meower.query.index;

/** What has become of one meow in Elasticsearch. */
sealed interface Outcome {

  /** It is in the index since now. */
  record Indexed() implements Outcome {}

  /** It was in the index before: it was delivered a second time. */
  record AlreadyThere() implements Outcome {}

  /** It is not in the index, and the next try may help. */
  record Failed(String reason) implements Outcome {}

  /** It is not in the index, and no try will ever help. */
  record Impossible(String reason) implements Outcome {}
}
