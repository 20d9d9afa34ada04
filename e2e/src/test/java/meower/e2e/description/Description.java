package meower.e2e.description;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meower.standalone.stack.ProjectLayout;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An interface description in {@code docs/}: finds what it says and follows its references. */
final class Description {

  private static final String LOCATION = "https://meower.invalid/description.json";

  private final JsonNode root;
  private final SchemaRegistry schemas;

  /** A part of the description. */
  record Place(String pointer, JsonNode node) {}

  private Description(JsonNode root) {
    this.root = root;
    this.schemas =
        SchemaRegistry.withDialect(
            Dialects.getDraft202012(),
            registry -> registry.schemas(Map.of(LOCATION, root.toString())));
  }

  /** Reads a description. */
  static Description read(String file) throws IOException {
    String text = Files.readString(docs().resolve(file));
    // Read in pieces, a picture may lie across the end of one, and the parser fails.
    var whole = LoadSettings.builder().setBufferSize(text.length() + 1).build();
    var yaml = new YAMLMapper(YAMLFactory.builder().loadSettings(whole).build());
    return new Description(yaml.readTree(text));
  }

  static Path docs() {
    return ProjectLayout.find().root().resolve("docs");
  }

  Place root() {
    return new Place("", root);
  }

  /** Returns the part that the steps lead to, references followed, if there is one. */
  Optional<Place> find(Place from, String... steps) {
    Place place = from;
    for (String step : steps) {
      JsonNode next = place.node().path(step);
      if (next.isMissingNode()) {
        return Optional.empty();
      }
      place = followed(new Place(place.pointer() + "/" + escaped(step), next));
    }
    return Optional.of(place);
  }

  /** Returns the part that the steps lead to, references followed. */
  Place get(Place from, String... steps) {
    return find(from, steps)
        .orElseThrow(
            () -> new AssertionError(from.pointer() + " has no " + String.join("/", steps)));
  }

  /** Returns the elements of an array, references followed. */
  List<Place> elements(Place array) {
    List<Place> elements = new ArrayList<>();
    for (int i = 0; i < array.node().size(); i++) {
      elements.add(followed(new Place(array.pointer() + "/" + i, array.node().get(i))));
    }
    return elements;
  }

  /** Says in which way the value is not what the schema wants; nothing when it is. */
  List<String> errors(Place schema, JsonNode value) {
    String pointer = schema.pointer().replace("{", "%7B").replace("}", "%7D");
    return schemas
        .getSchema(SchemaLocation.of(LOCATION + "#" + pointer))
        .validate(value, context -> context.executionConfig(c -> c.formatAssertionsEnabled(true)))
        .stream()
        .map(error -> schema.pointer() + " " + error.getInstanceLocation() + ": " + error)
        .toList();
  }

  private Place followed(Place place) {
    JsonNode reference = place.node().path("$ref");
    if (!reference.isString()) {
      return place;
    }
    String pointer = reference.stringValue().substring(1);
    return followed(new Place(pointer, root.at(pointer)));
  }

  private static String escaped(String step) {
    return step.replace("~", "~0").replace("/", "~1");
  }
}
