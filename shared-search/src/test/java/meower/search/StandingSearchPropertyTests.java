package meower.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

class StandingSearchPropertyTests {

  @Property(tries = 1_000)
  void matchesWhatLuceneFinds(@ForAll long seed) {
    Random random = new Random(seed);
    String body = TypedTexts.body(random);
    SearchedText meow = SearchedText.of(body);
    LuceneSearch lucene = new LuceneSearch(meow);
    for (int i = 0; i < 10; i++) {
      String text = TypedTexts.query(random, i % 2 == 0 ? body : TypedTexts.body(random));
      SearchQuery query = SearchQuery.parse(text);
      boolean isFound = new StandingSearch(query).matches(meow).isPresent();
      assertThat(isFound).as("%s in %s", query, body).isEqualTo(lucene.finds(query));
      Statistics.collect(isFound);
    }
    Statistics.coverage(coverage -> {
      coverage.check(true).percentage(found -> found > 10);
      coverage.check(false).percentage(found -> found > 20);
    });
  }

  @Property(tries = 1_000)
  void anAnchorNeverHidesAMatch(@ForAll long seed) {
    Random random = new Random(seed);
    String body = TypedTexts.body(random);
    SearchedText meow = SearchedText.of(body);
    for (int i = 0; i < 10; i++) {
      SearchQuery query = SearchQuery.parse(TypedTexts.query(random, body));
      StandingSearches<Integer> searches = new StandingSearches<>();
      searches.add(1, query);
      assertThat(searches.matching(meow))
          .as("%s in %s", query, body)
          .isEqualTo(
              new StandingSearch(query)
                  .matches(meow)
                  .map(matches -> List.of(new StandingSearches.Match<>(1, matches)))
                  .orElse(List.of()));
      Statistics.collect(searches.matched());
    }
    Statistics.coverage(coverage -> coverage.check(1L).percentage(found -> found > 20));
  }
}
