package meower.bench.relevance;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is searched, and what is to be found in it.
 *
 * @param judged texts of which queries say what they expect
 * @param others texts that nobody looks for, there to be found by mistake
 */
record Judgements(List<JudgedText> judged, List<JudgedText> others, List<JudgedQuery> queries) {

  private static final int OTHERS_OF_A_LANGUAGE = 185;

  Judgements {
    judged = List.copyOf(judged);
    others = List.copyOf(others);
    queries = List.copyOf(queries);
  }

  /** Reads {@code texts.json}, {@code phrases.json} and {@code queries.json}. */
  static Judgements read() throws IOException {
    return new Judgements(
        List.of(read("texts.json", JudgedText[].class)),
        Stream.of(read("phrases.json", Phrases[].class))
            .flatMap(phrases -> phrases.texts(OTHERS_OF_A_LANGUAGE).stream())
            .toList(),
        List.of(read("queries.json", JudgedQuery[].class)));
  }

  /** Reads a file that lies beside them. */
  static <T> T read(String name, Class<T> type) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(Judgements.class.getResourceAsStream(name), name)) {
      return JsonMapper.shared().readValue(file, type);
    }
  }

  /** Returns all texts. */
  List<JudgedText> texts() {
    return Stream.of(judged, others).flatMap(List::stream).toList();
  }
}
