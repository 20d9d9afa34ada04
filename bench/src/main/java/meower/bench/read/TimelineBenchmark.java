package meower.bench.read;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import meower.bench.http.Requests;
import meower.bench.lab.Benchmark;
import meower.bench.lab.Comparison;
import meower.bench.lab.Contender;
import meower.bench.lab.Lab;
import meower.bench.post.Filling;

/** The timeline through nginx, beside nginx with the same bytes as a file. */
public final class TimelineBenchmark implements Benchmark {

  private static final int CONNECTIONS = 64;
  private static final int PAGE = 100;

  /** The view of the newest meows ends before these. */
  private static final int NEAR = 6_000;

  private static final int DEEP = 900 * PAGE;

  @Override
  public List<Comparison.Outcome> run(Lab lab) throws Exception {
    Filling.fill(lab);
    List<Comparison.Outcome> outcomes = new ArrayList<>(head(lab));
    outcomes.add(pages(lab));
    return outcomes;
  }

  private static List<Comparison.Outcome> head(Lab lab) throws Exception {
    Requests newest = page(lab, "");
    HttpResponse<byte[]> answer = newest.once();
    try (var peer = new FileServer(lab.peers(), lab.peerPort(0), answer.body())) {
      peer.start();
      Requests file = new Requests(lab.peerPort(0), "/file.json");
      String tag = answer.headers().firstValue("ETag").orElseThrow();
      String fileTag = file.once().headers().firstValue("ETag").orElseThrow();
      return List.of(
          lab.compare(
              "The newest 100",
              lab.meows(),
              List.of(
                  lab.costed(reads(lab, "Meower: GET /meows?take=100 through nginx", newest, 200)),
                  reads(lab, "nginx: the same bytes as a file", file, 200))),
          lab.compare(
              "The newest 100, not modified (304)",
              lab.meows(),
              List.of(
                  lab.costed(
                      reads(
                          lab,
                          "Meower: the same with If-None-Match",
                          newest.with("If-None-Match", tag),
                          304)),
                  reads(
                      lab,
                      "nginx: the file with If-None-Match",
                      file.with("If-None-Match", fileTag),
                      304))));
    }
  }

  /** Pages of the same size out of Elasticsearch: what is deep costs no more than what is near. */
  private static Comparison.Outcome pages(Lab lab) throws Exception {
    List<Contender> contenders = new ArrayList<>();
    int deep = Math.min(DEEP, lab.meows().size() - PAGE);
    contenders.add(reads(lab, "Meower: page 900, or the last", below(lab, deep), 200));
    if (deep > NEAR) {
      contenders.add(
          reads(lab, "Meower: page " + NEAR / PAGE + " by before", below(lab, NEAR), 200));
    }
    return lab.compare("Deep pages", lab.meows(), contenders);
  }

  /** Returns the page below the meow that so many newer ones stand above; found step by step. */
  private static Requests below(Lab lab, int newer) throws Exception {
    String last = "";
    for (int passed = 0; passed < newer; passed += PAGE) {
      List<String> ids = Filling.ids(page(lab, last).once());
      last = "&before=" + ids.getLast();
    }
    return page(lab, last);
  }

  private static Requests page(Lab lab, String more) {
    return new Requests(lab.ports().nginx(), "/meows?take=" + PAGE + more);
  }

  private static Contender reads(Lab lab, String name, Requests requests, int status) {
    return new Reads(name, requests, status, CONNECTIONS, lab.options().time());
  }
}
