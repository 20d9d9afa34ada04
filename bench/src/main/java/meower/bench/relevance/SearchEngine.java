package meower.bench.relevance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Something that has all texts and is asked for some of them. */
interface SearchEngine {

  /** Says who it is, in a few words. */
  String name();

  /** Returns the keys of what it finds, the best first, {@link Score#DEPTH} at most. */
  List<String> find(String query) throws IOException, InterruptedException;

  /** Asks it everything. */
  default Result judge(List<JudgedQuery> queries) throws IOException, InterruptedException {
    List<Score> scores = new ArrayList<>();
    for (JudgedQuery query : queries) {
      scores.add(Score.of(query, find(query.query())));
    }
    return new Result(name(), scores);
  }
}
