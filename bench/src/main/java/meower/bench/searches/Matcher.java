package meower.bench.searches;

/** Says which of the searches that stand find a text. */
interface Matcher {

  /** Returns how many of them do. */
  int matching(String body);
}
