package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import meower.search.Marker;
import meower.search.SearchQuery;
import meower.text.TextRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MarkerTests {

  static Stream<SearchCase> found() throws IOException {
    return SearchCase.all().stream().filter(search -> search.marked() != null);
  }

  @ParameterizedTest
  @MethodSource("found")
  void marksWhyABodyWasFound(SearchCase search) {
    assertThat(marked(search.body(), search.query())).isEqualTo(search.marked());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a #Ünder b #under_x #x | #under | a [#Ünder] b [#under_x] #x",
        "#cats #dogs | #ca #dog | #cats [#dogs]",
        "#cat cat | cat #cat | [#cat] [cat]",
        "cats and a catalogue | cats cata | [cats] and a [catalogue]",
        "猫 cat 猫 | 猫 | [猫] cat [猫]",
      })
  void marksAllOfIt(String body, String query, String expected) {
    assertThat(marked(body, query)).isEqualTo(expected);
  }

  private static String marked(String body, String query) {
    StringBuilder text = new StringBuilder(body);
    for (TextRange range : new Marker(SearchQuery.parse(query)).mark(body).reversed()) {
      text.insert(range.end(), ']').insert(range.start(), '[');
    }
    return text.toString();
  }
}
