package meower.bench.read;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import meower.bench.http.HttpLoad;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Lab;
import meower.bench.post.Filling;
import meower.standalone.stack.Part;
import meower.standalone.stack.ProjectLayout;

/**
 * Searches through nginx, beside the same query sent to Elasticsearch without Meower.
 *
 * <p>The query is the one that a test of the query service compares with what it sends.
 */
public final class SearchBenchmark implements Benchmark {

  private static final int CONNECTIONS = 16;
  private static final int WORDS = 64;
  private static final Path QUERY =
      Path.of("query-service/src/test/resources/golden/search-request.txt");
  private static final String WORD = "breakfast";
  private static final String SEQUENCE = "4711";

  /** Meower says which parts of a body match; this is how Elasticsearch says it of its words. */
  private static final String HIGHLIGHT =
      "\"highlight\":{\"type\":\"unified\",\"number_of_fragments\":0,\"fields\":{\"words\":{}}},";

  private static final String INDEX = "meows-v4-epoch-1";

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    Filling.fill(lab);
    List<String> words = Filling.words(WORDS);
    return List.of(
        lab.compare(
            "Search, " + CONNECTIONS + " connections",
            lab.meows(),
            List.of(
                searches(
                    lab, "Meower: GET /search through nginx", lab.ports().nginx(), meower(words)),
                searches(
                    lab,
                    "Elasticsearch: the same query, and its highlighter",
                    lab.ports().of(Part.ELASTICSEARCH),
                    elasticsearch(words, lab, HIGHLIGHT)),
                searches(
                    lab,
                    "Elasticsearch: the same query, without any marks",
                    lab.ports().of(Part.ELASTICSEARCH),
                    elasticsearch(words, lab, "")))));
  }

  private static Searches searches(Lab lab, String name, int port, List<String> requests) {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new Searches(
        name, new HttpLoad(server, CONNECTIONS, inTurn(requests)), lab.options().time());
  }

  private static List<String> meower(List<String> words) {
    return words.stream()
        .map(word -> "GET /search?take=20&query=" + word + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .toList();
  }

  private static List<String> elasticsearch(List<String> words, Lab lab, String more)
      throws Exception {
    long sequence = Filling.position(lab);
    String authorization = lab.elasticsearch().authorization();
    List<String> lines = Files.readAllLines(ProjectLayout.find().root().resolve(QUERY));
    String methodAndPath = lines.get(0).replace(INDEX, "meows");
    Function<String, String> body =
        word ->
            "{"
                + more
                + lines
                    .get(1)
                    .substring(1)
                    .replace(WORD, word)
                    .replace(SEQUENCE, Long.toString(sequence));
    return words.stream()
        .map(word -> request(methodAndPath, authorization, body.apply(word)))
        .toList();
  }

  private static String request(String methodAndPath, String authorization, String body) {
    return """
    %s HTTP/1.1\r
    Host: localhost\r
    Authorization: %s\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(
            methodAndPath, authorization, body.getBytes(StandardCharsets.UTF_8).length, body);
  }

  private static Supplier<ByteBuffer> inTurn(List<String> requests) {
    List<byte[]> encoded =
        requests.stream().map(request -> request.getBytes(StandardCharsets.UTF_8)).toList();
    int[] next = {0};
    return () -> ByteBuffer.wrap(encoded.get(next[0]++ % encoded.size()));
  }
}
