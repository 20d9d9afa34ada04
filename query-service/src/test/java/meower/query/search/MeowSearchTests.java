package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import meower.query.index.IndexName;
import meower.query.index.MeowIndex;
import meower.query.model.MeowDocument;
import meower.query.view.View;
import meower.schema.Position;
import org.junit.jupiter.api.Test;

class MeowSearchTests {

  /** Changed on purpose only: what it costs was measured (ADR 38). */
  @Test
  void asksWhatTheGoldenFileSays() throws IOException {
    MeowIndex index = new MeowIndex(new IndexName(4, "epoch", 1), "uuid", MeowDocument.FIELDS);
    View view = new View(index, new Position("epoch", 4711));

    SearchRequest breakfast = SearchRequest.of("breakfast", null, "20", null, null);
    String request =
        MeowSearch.query(view, breakfast, MeowSearch.matching(view, breakfast.query())).toString();

    assertThat(request.replaceFirst("^SearchRequest: ", "").replaceFirst(" \\{", "\n{") + "\n")
        .isEqualTo(Files.readString(Path.of("src/test/resources/golden/search-request.txt")));
  }
}
