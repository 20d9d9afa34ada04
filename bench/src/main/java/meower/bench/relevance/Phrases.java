package meower.bench.relevance;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Parts of sentences of a language, of which each opening goes with each middle and each ending.
 */
record Phrases(String language, List<String> openings, List<String> middles, List<String> endings) {

  /** A prime that is no factor of their number leads through all combinations. */
  private static final int STEP = 7_919;

  /** Returns different texts, the same ones each time. */
  List<JudgedText> texts(int count) {
    int combinations = openings.size() * middles.size() * endings.size();
    if (count > combinations) {
      throw new IllegalArgumentException("no more than " + combinations + " texts in " + language);
    }
    return IntStream.range(0, count)
        .mapToObj(number ->
            new JudgedText(
                language + "-phrase-" + number,
                language,
                text((int) ((long) number * STEP % combinations))))
        .toList();
  }

  private String text(int combination) {
    int rest = combination / openings.size();
    return openings.get(combination % openings.size())
        + middles.get(rest % middles.size())
        + endings.get(rest / middles.size());
  }
}
