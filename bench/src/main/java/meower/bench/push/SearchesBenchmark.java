package meower.bench.push;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Contender;
import meower.bench.lab.Lab;
import meower.bench.lab.Scale;
import meower.bench.push.client.Text;
import meower.bench.push.client.Way;
import meower.bench.push.peer.MeowerPush;
import meower.bench.searches.Matching;
import meower.bench.searches.Vocabulary;
import meower.standalone.stack.Part;

/**
 * What 1,000 different searches that stand cost: how late a meow is at browsers that have none, and
 * what it takes to compare it with all of them.
 *
 * <p>Without the services that have no part in it, as in {@link PushBenchmark}.
 */
public final class SearchesBenchmark implements Benchmark {

  private static final int SEARCHES = 1_000;
  private static final int RATE = 500;

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    PushBenchmark.stopOthers(lab);
    List<String> queries = new Vocabulary(1).queries(SEARCHES);
    return List.of(late(lab, queries), compared(lab, queries));
  }

  private static Comparison.Outcome late(Lab lab, List<String> queries) throws Exception {
    Vocabulary vocabulary = new Vocabulary(2);
    Way everything =
        MeowerPush.way(
            "Meower",
            lab.ports().of(Part.PUSHER),
            lab.meowBroker(),
            () -> " " + vocabulary.text(Text.MOST_OF_REST - 1));
    List<String> paths = queries.stream().map(SearchesBenchmark::path).toList();
    List<Contender> contenders = new ArrayList<>();
    for (List<String> searches : List.of(List.<String>of(), paths)) {
      Way named = everything.named("Meower: %,d searches stand".formatted(searches.size()));
      contenders.add(new SearchedPush(named, searches, RATE, lab.options().time()));
    }
    return lab.compare(
        RATE + " meows in a second, beside searches that stand",
        new Scale(SearchedPush.BROWSERS, "browsers"),
        contenders);
  }

  private static Comparison.Outcome compared(Lab lab, List<String> queries) throws Exception {
    return lab.compare(
        "A meow beside searches that stand",
        new Scale(SEARCHES, "searches"),
        List.of(
            Matching.standing(queries, lab.options().time()),
            Matching.memoryIndex(queries, lab.options().time())));
  }

  private static String path(String query) {
    return "/pusher?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
  }
}
