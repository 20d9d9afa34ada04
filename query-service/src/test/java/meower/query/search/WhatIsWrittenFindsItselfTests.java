package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import meower.search.Marker;
import meower.search.SearchPart;
import meower.search.SearchQuery;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Any run of whole words of a text finds that text, typed on or finished, and in quotes; here by
 * the rules for what is marked, which are those of the search.
 */
class WhatIsWrittenFindsItselfTests {

  @Property(tries = 2_000)
  void findsEveryRunOfItsWords(@ForAll long seed) {
    Random random = new Random(seed);
    String body = WrittenTexts.body(random);
    for (String query : WrittenTexts.queries(random, body)) {
      for (SearchPart part : SearchQuery.parse(query).parts()) {
        assertThat(new Marker(new SearchQuery(List.of(part))).mark(body))
            .as("%s of %s in %s", part, query, body)
            .isNotEmpty();
      }
    }
  }
}
