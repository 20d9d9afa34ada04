package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;

/** Two instances behind one feed: one asks its index, the other also knows the newest meows. */
record IndexAndMemory(MeowFeed feed, RunningService index, RunningService memory)
    implements AutoCloseable {

  /** Has an instance know the newest meows. */
  static final String NEWEST = "--meower.timeline.newest=1000";

  /** Begins with an empty stream and without any index. */
  static IndexAndMemory start() throws Exception {
    TestNats nats = TestServers.nats();
    TestElasticsearch elasticsearch = TestServers.elasticsearch();
    return new IndexAndMemory(
        MeowFeed.begin(nats, elasticsearch),
        RunningService.start(nats, elasticsearch),
        RunningService.start(nats, elasticsearch, NEWEST));
  }

  /** Returns when both answer with all that is in the stream up to a sequence. */
  void awaitPosition(long sequence) {
    awaitPosition(index, sequence);
    awaitPosition(memory, sequence);
  }

  static void awaitPosition(RunningService service, long sequence) {
    await()
        .untilAsserted(() ->
            assertThat(
                    service.get("/search?query=position").headers().firstValue("Meower-Position"))
                .hasValueSatisfying(position -> assertThat(position).endsWith("-" + sequence)));
  }

  /** Asks both for a page, the one that knows the newest meows twice. */
  void compare(String page) throws Exception {
    HttpResponse<String> expected = index.get(page);
    assertThat(expected.statusCode()).isEqualTo(200);
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer = memory.get(page);
      assertThat(answer.body()).as(page).isEqualTo(expected.body());
      assertThat(said(answer)).as(page).isEqualTo(said(expected));
    }
  }

  private static List<Optional<String>> said(HttpResponse<String> answer) {
    return Stream.of("Meower-Total", "Meower-Total-Relation", "Meower-Position", "Link")
        .map(answer.headers()::firstValue)
        .toList();
  }

  @Override
  public void close() {
    memory.close();
    index.close();
    feed.close();
  }
}
