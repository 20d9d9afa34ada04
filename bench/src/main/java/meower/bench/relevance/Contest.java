package meower.bench.relevance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import meower.standalone.stack.Login;

/** Gives the same texts to Meower and to its peers, and asks all of them the same. */
final class Contest {

  private static final String EVERYWHERE = "standard";

  /** What people choose for their languages. */
  private static final List<String> IN_A_MODULE =
      List.of("cjk", "english", "german", "french", "russian", "arabic", "thai");

  private final Judgements judgements;
  private final Consumer<String> log;

  Contest(Judgements judgements, Consumer<String> log) {
    this.judgements = judgements;
    this.log = log;
  }

  /**
   * Returns the results, Meower's first.
   *
   * @param port where nginx is, of a Meower without any meow
   * @param elasticsearch the one of that Meower
   */
  List<Result> run(int port, Login elasticsearch) throws IOException, InterruptedException {
    List<Result> results = new ArrayList<>();
    try (MeowerEngine meower = new MeowerEngine(port)) {
      log.accept("Posting " + judgements.texts().size() + " texts");
      meower.fill(judgements.judged(), judgements.others());
      results.add(judge(meower));
    }
    results.addAll(peers(elasticsearch, EVERYWHERE, List.of("and", "or")));
    for (String analyzer : IN_A_MODULE) {
      results.addAll(peers(elasticsearch, analyzer, List.of("and")));
    }
    return results;
  }

  private List<Result> peers(Login elasticsearch, String analyzer, List<String> operators)
      throws IOException, InterruptedException {
    List<Result> results = new ArrayList<>();
    try (PeerIndex index = new PeerIndex(elasticsearch, analyzer)) {
      if (!index.isPossible()) {
        log.accept(analyzer + " analyzer: not on this server");
        return List.of();
      }
      index.fill(judgements.texts());
      for (String operator : operators) {
        results.add(judge(index.match(operator)));
      }
    }
    return results;
  }

  private Result judge(SearchEngine engine) throws IOException, InterruptedException {
    log.accept("Asking " + engine.name());
    return engine.judge(judgements.queries());
  }
}
