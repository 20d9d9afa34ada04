package meower.bench.relevance;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody types, and what a reader then expects. Texts that are not named here are not
 * expected: found ones lower the precision, but nobody would call them a mistake.
 *
 * @param language as in BCP 47
 * @param kind what it tries
 * @param query as typed; a space at its end says that the last word is complete
 * @param must the keys of texts that have to be found
 * @param also keys of texts that may be found; they are as relevant as the others
 * @param mustNot keys of texts that would be clearly wrong
 * @param first of {@code must}, those that come before everything else; none if the order is free
 */
record JudgedQuery(
    String language,
    String kind,
    String query,
    List<String> must,
    List<String> also,
    List<String> mustNot,
    List<String> first) {

  /**
   * @throws IllegalArgumentException if the judgements contradict each other
   */
  JudgedQuery(
      String language,
      String kind,
      String query,
      List<String> must,
      @Nullable List<String> also,
      @Nullable List<String> mustNot,
      @Nullable List<String> first) {
    this.language = language;
    this.kind = kind;
    this.query = query;
    this.must = List.copyOf(must);
    this.also = orNone(also);
    this.mustNot = orNone(mustNot);
    this.first = orNone(first);
    if (must.isEmpty() || !must.containsAll(this.first)) {
      throw new IllegalArgumentException(query + ": something must be found, the first ones, too");
    }
    if (this.mustNot.stream().anyMatch(this::isRelevant)) {
      throw new IllegalArgumentException(query + ": what is wrong is not relevant");
    }
  }

  private static List<String> orNone(@Nullable List<String> keys) {
    return keys == null ? List.of() : List.copyOf(keys);
  }

  /** Tells whether a reader is glad to find a text. */
  boolean isRelevant(String key) {
    return must.contains(key) || also.contains(key);
  }

  /** Returns the keys of all texts that are judged. */
  List<String> judged() {
    return Stream.of(must, also, mustNot).flatMap(List::stream).toList();
  }
}
