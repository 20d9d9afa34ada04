package meower.bench.relevance;

import java.util.List;
import java.util.stream.Stream;
import meower.bench.relevance.Violation.Fault;

/**
 * How good an answer to a query is. A text is relevant when its judgement says {@code must} or
 * {@code also}; all others are not, judged or not.
 *
 * @param recall which part of {@code must} is among the first 100
 * @param precision which part of the first 10 is relevant: of all that were found if these are
 *     fewer, so that nobody has to fill a page; 0 if nothing was found
 * @param reciprocalRank 1 divided by the place, counted from 1, of the first text of {@code first},
 *     or of {@code must} if that is empty; 0 if there is none among the first 100
 * @param violations each judged text that is missing, wrong, or behind one it should precede
 */
record Score(
    JudgedQuery query,
    double recall,
    double precision,
    double reciprocalRank,
    List<Violation> violations) {

  /** So many results are looked at. */
  static final int DEPTH = 100;

  /** So many results are on the first page. */
  private static final int PAGE = 10;

  Score {
    violations = List.copyOf(violations);
  }

  /**
   * Judges an answer.
   *
   * @param found keys of what was found, the best first
   */
  static Score of(JudgedQuery query, List<String> found) {
    List<String> answer = found.stream().limit(DEPTH).toList();
    return new Score(
        query,
        (double) query.must().stream().filter(answer::contains).count() / query.must().size(),
        precision(query, answer.stream().limit(PAGE).toList()),
        reciprocalRank(query.first().isEmpty() ? query.must() : query.first(), answer),
        violations(query, answer));
  }

  private static double precision(JudgedQuery query, List<String> page) {
    return page.isEmpty()
        ? 0
        : (double) page.stream().filter(query::isRelevant).count() / page.size();
  }

  private static double reciprocalRank(List<String> wanted, List<String> answer) {
    for (int place = 1; place <= answer.size(); place++) {
      if (wanted.contains(answer.get(place - 1))) {
        return 1.0 / place;
      }
    }
    return 0;
  }

  private static List<Violation> violations(JudgedQuery query, List<String> answer) {
    Stream<Violation> missing =
        query.must().stream()
            .filter(key -> !answer.contains(key))
            .map(key -> new Violation(query, Fault.MISSING, key));
    Stream<Violation> wrong =
        query.mustNot().stream()
            .filter(answer::contains)
            .map(key -> new Violation(query, Fault.WRONG, key));
    Stream<Violation> late =
        answer.stream()
            .dropWhile(query.first()::contains)
            .filter(query.first()::contains)
            .map(key -> new Violation(query, Fault.NOT_FIRST, key));
    return Stream.of(missing, wrong, late).flatMap(each -> each).toList();
  }
}
