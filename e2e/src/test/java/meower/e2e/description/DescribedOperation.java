package meower.e2e.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import meower.e2e.Answer;
import meower.e2e.description.Description.Place;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/** One operation of {@code docs/openapi.yaml}, and what of it real exchanges have shown. */
final class DescribedOperation {

  /** Headers that are part of the interface, so that they may not appear unannounced. */
  private static final Set<String> OURS =
      Set.of(
          "location",
          "link",
          "retry-after",
          "allow",
          "upgrade",
          "cache-control",
          "idempotency-replayed");

  private final Description description;
  private final Place operation;
  private final String problems;
  private final Set<String> seenResponses = new TreeSet<>();
  private final Set<String> seenParameters = new HashSet<>();

  private DescribedOperation(Description description, Place operation, String problems) {
    this.description = description;
    this.operation = operation;
    this.problems = problems;
  }

  static DescribedOperation read(String path, String method) throws IOException {
    Description description = Description.read("openapi.yaml");
    return new DescribedOperation(
        description,
        description.get(description.root(), "paths", path, method),
        Files.readString(Description.docs().resolve("problems.md")));
  }

  /**
   * Compares an exchange with what the description says of it.
   *
   * @param target path and query that were asked for
   */
  void check(URI target, Answer answer) {
    parametersOf(target).forEach(this::checkParameter);
    Place response = response(answer.status());
    headersIn(response).forEach(name -> checkHeader(response, name, answer.header(name)));
    assertThat(answer.headers().keySet().stream().map(String::toLowerCase).filter(this::isOurs))
        .as("%s: headers of the answer", response.pointer())
        .isSubsetOf(headersIn(response).map(String::toLowerCase).toList());
    checkContent(response, answer);
  }

  /** Fails when the description has something that no exchange has shown. */
  void checkThatAllWasSeen() {
    checkThatAllWasSeenBut();
  }

  /** As before, without responses for which there is nothing yet to provoke them with. */
  void checkThatAllWasSeenBut(String... responses) {
    assertThat(Stream.concat(seenResponses.stream(), Stream.of(responses)))
        .as("%s: responses", operation.pointer())
        .containsExactlyInAnyOrderElementsOf(operation.node().get("responses").propertyNames());
    assertThat(seenParameters)
        .as("%s: parameters", operation.pointer())
        .containsExactlyInAnyOrderElementsOf(parameterNames());
  }

  private Place response(int status) {
    String name =
        operation.node().get("responses").has(String.valueOf(status))
            ? String.valueOf(status)
            : "default";
    seenResponses.add(name);
    return description
        .find(operation, "responses", name)
        .orElseThrow(() -> new AssertionError(operation.pointer() + " does not know " + status));
  }

  /**
   * Fails when the description does not know a parameter that was sent in the query or a header.
   */
  void checkParameter(String name) {
    assertThat(parameterNames()).as("%s: parameters", operation.pointer()).contains(name);
    seenParameters.add(name);
  }

  private Stream<String> parametersOf(URI target) {
    Stream<String> inPath = parameters().filter(p -> isIn(p, "path")).map(this::name);
    Stream<String> inQuery =
        Optional.ofNullable(target.getRawQuery()).stream()
            .flatMap(query -> Stream.of(query.split("&")))
            .map(pair -> pair.split("=", 2)[0]);
    return Stream.concat(inPath, inQuery);
  }

  private List<String> parameterNames() {
    return parameters().map(this::name).toList();
  }

  private Stream<Place> parameters() {
    return description.find(operation, "parameters").stream()
        .flatMap(all -> description.elements(all).stream());
  }

  private String name(Place parameter) {
    return parameter.node().get("name").stringValue();
  }

  private static boolean isIn(Place parameter, String where) {
    return parameter.node().get("in").stringValue().equals(where);
  }

  private Stream<String> headersIn(Place response) {
    return response.node().path("headers").propertyNames().stream();
  }

  private boolean isOurs(String header) {
    return OURS.contains(header) || header.startsWith("meower-");
  }

  private void checkHeader(Place response, String name, Optional<String> value) {
    Place header = description.get(response, "headers", name);
    boolean required = header.node().path("required").booleanValue(false);
    assertThat(value.isPresent() || !required).as("%s: %s", response.pointer(), name).isTrue();
    Place schema = description.get(header, "schema");
    boolean number = schema.node().path("type").stringValue("").equals("integer");
    value.ifPresent(text -> assertThat(description.errors(schema, json(text, number))).isEmpty());
  }

  private static JsonNode json(String header, boolean number) {
    return number ? IntNode.valueOf(Integer.parseInt(header)) : StringNode.valueOf(header);
  }

  private void checkContent(Place response, Answer answer) {
    if (!response.node().has("content")) {
      assertThat(answer.body()).as(response.pointer()).isEmpty();
      return;
    }
    String type = answer.header("Content-Type").orElse("none").split(";", 2)[0];
    JsonNode body =
        type.endsWith("json")
            ? JsonMapper.shared().readTree(answer.body())
            : StringNode.valueOf(answer.body());
    assertThat(description.errors(description.get(response, "content", type, "schema"), body))
        .isEmpty();
    if (type.equals("application/problem+json")) {
      assertThat(body.get("status").intValue()).isEqualTo(answer.status());
      assertThat(problems).contains("| `" + body.get("type").stringValue() + "` |");
    }
  }
}
