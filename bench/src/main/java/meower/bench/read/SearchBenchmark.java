package meower.bench.read;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import meower.bench.http.HttpLoad;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Contender;
import meower.bench.lab.Lab;
import meower.bench.post.Filling;
import meower.standalone.stack.Part;

/**
 * Searches through nginx, beside what people write by hand: Elasticsearch's {@code match} of all
 * words, in the same index and without Meower, with its highlighter as it is by default.
 *
 * <p>That one forgives no typing errors and finds no beginnings. Words that many meows have are
 * measured apart from others: they cost something else. So are words that nobody has asked for a
 * moment ago: of the ten that come again and again Meower remembers what it found.
 */
public final class SearchBenchmark implements Benchmark {

  private static final int CONNECTIONS = 16;
  private static final int TAKE = 20;

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    Filling.fill(lab);
    int meows = lab.meows().size();
    SearchedWords words = new SearchedWords(Filling.texts(meows), meows);
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put("Search for the ten most common words", words.mostCommon());
    kinds.put("Search for middling words", words.middling());
    kinds.put("Search for rare words", words.rare());
    kinds.put("Search for words that nobody has", words.unknown());
    kinds.put("Search for words that nobody has, each time another", words.manyUnknown());
    List<Comparison.Outcome> outcomes = new ArrayList<>();
    for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
      List<String> some = kind.getValue().subList(0, SearchedWords.COUNT);
      lab.say(kind.getKey() + ": " + String.join(", ", some));
      outcomes.add(
          lab.compare(
              kind.getKey() + ", " + CONNECTIONS + " connections",
              lab.meows(),
              List.of(meower(lab, kind.getValue()), match(lab, kind.getValue()))));
    }
    return outcomes;
  }

  private static Contender meower(Lab lab, List<String> words) {
    return searches(
        lab,
        "Meower: GET /search through nginx",
        lab.ports().nginx(),
        words.stream()
            .map(word ->
                "GET /search?take=%d&query=%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .formatted(TAKE, word))
            .toList());
  }

  private static Contender match(Lab lab, List<String> words) {
    String authorization = lab.elasticsearch().authorization();
    return searches(
        lab,
        "Elasticsearch: match, and, default highlighter",
        lab.ports().of(Part.ELASTICSEARCH),
        words.stream().map(word -> request(authorization, query(word))).toList());
  }

  private static String query(String word) {
    return """
    {"query":{"match":{"words":{"query":"%s","operator":"and"}}},\
    "highlight":{"fields":{"words":{}}},"size":%d}\
    """
        .formatted(word, TAKE);
  }

  private static Contender searches(Lab lab, String name, int port, List<String> requests) {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return lab.costedBy(
        Searches.ANSWERS,
        new Searches(
            name, new HttpLoad(server, CONNECTIONS, inTurn(requests)), lab.options().time()));
  }

  private static String request(String authorization, String body) {
    return """
    POST /meows/_search HTTP/1.1\r
    Host: localhost\r
    Authorization: %s\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(authorization, body.getBytes(StandardCharsets.UTF_8).length, body);
  }

  private static Supplier<ByteBuffer> inTurn(List<String> requests) {
    List<byte[]> encoded =
        requests.stream().map(request -> request.getBytes(StandardCharsets.UTF_8)).toList();
    int[] next = {0};
    return () -> ByteBuffer.wrap(encoded.get(next[0]++ % encoded.size()));
  }
}
