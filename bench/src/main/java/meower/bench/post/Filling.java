package meower.bench.post;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import meower.bench.http.Requests;
import meower.bench.lab.Lab;
import meower.schema.Position;
import meower.standalone.demo.DemoTexts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Posts the meows that are read afterwards. */
public final class Filling {

  /** The same texts in each run. */
  static final long SEED = 4;

  private static final int CONNECTIONS = 64;

  private Filling() {}

  /** Posts until there are at least as many as wanted and returns when the timeline has them. */
  public static void fill(Lab lab) throws IOException, InterruptedException {
    int meows = lab.meows().size();
    long before = -1;
    long now = position(lab);
    var texts = new DemoTexts(SEED).stream().skip(now).iterator();
    new Posts(lab.ports().nginx(), CONNECTIONS, lab.options().time(), texts).fill(meows - now);
    while (now < meows || now != before) {
      Thread.sleep(1_000);
      before = now;
      now = position(lab);
    }
  }

  /** Returns up to which sequence the timeline is complete. */
  public static long position(Lab lab) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = new Requests(lab.ports().nginx(), "/meows?take=1").once();
    return answer
        .headers()
        .firstValue("Meower-Position")
        .flatMap(Position::parse)
        .map(Position::sequence)
        .orElse(0L);
  }

  /** Returns the ids of the meows of a page. */
  public static List<String> ids(HttpResponse<byte[]> page) {
    List<String> ids = new ArrayList<>();
    for (JsonNode meow : JsonMapper.shared().readTree(page.body())) {
      ids.add(meow.get("id").asString());
    }
    return ids;
  }

  /** Returns the texts of so many meows, in the order in which they are posted. */
  public static Stream<String> texts(int count) {
    return new DemoTexts(SEED).stream().limit(count);
  }
}
