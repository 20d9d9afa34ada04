package meower.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import meower.bench.lab.Comparison;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes what was measured so that programs can read it. */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  public static void write(List<Comparison.Outcome> outcomes, Path file) throws IOException {
    Files.writeString(file, MAPPER.writeValueAsString(outcomes) + "\n");
  }
}
