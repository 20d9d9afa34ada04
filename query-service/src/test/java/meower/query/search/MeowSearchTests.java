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

  /** Changed on purpose only: the benchmarks send it to Elasticsearch without Meower. */
  @Test
  void asksWhatTheGoldenFileSays() throws IOException {
    MeowIndex index = new MeowIndex(new IndexName(4, "epoch", 1), "uuid", MeowDocument.FIELDS);
    View view = new View(index, new Position("epoch", 4711));

    String request =
        MeowSearch.query(view, SearchRequest.of("breakfast", null, "20", null, null)).toString();

    assertThat(request.replaceFirst("^SearchRequest: ", "").replaceFirst(" \\{", "\n{") + "\n")
        .isEqualTo(Files.readString(Path.of("src/test/resources/golden/search-request.txt")));
  }
}
