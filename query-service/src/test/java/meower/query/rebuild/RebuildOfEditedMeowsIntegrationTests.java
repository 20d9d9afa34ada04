package meower.query.rebuild;

import static meower.query.RunningService.fields;
import static meower.query.RunningService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.query.index.Mapping;
import meower.query.model.IndexRequests;
import meower.query.model.IndexStatus;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another index is filled from a stream with edits, deletions and holes. */
class RebuildOfEditedMeowsIntegrationTests {

  private static final String[] SOON = {
    "--meower.index.check-every=300ms", "--meower.index.delete-after=3s"
  };

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private final HttpClient http = HttpClient.newHttpClient();
  private MeowFeed feed;
  private final List<RunningService> services = new ArrayList<>();

  @BeforeEach
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
  }

  @AfterEach
  void end() {
    services.forEach(RunningService::close);
    feed.close();
    http.close();
  }

  @Test
  void replacesTheFirstMappingWhileMeowsAreEditedAndDeleted() throws Exception {
    RunningService older =
        RunningService.start(
            nats,
            elasticsearch,
            context ->
                context.registerBean(
                    "older", Mapping.class, () -> new Mapping(1), bean -> bean.setPrimary(true)),
            SOON);
    services.add(older);
    String untouched = feed.publish("...");
    String edited = feed.publish("ancient elephant");
    String deleted = feed.publish("ancient mistake");
    String last = feed.publish("last");
    awaitTimeline(older, last, deleted, edited, untouched);
    feed.markRefilling(true);
    older.close();
    RunningService service = start();
    await().untilAsserted(() -> assertThat(status().target()).startsWith("meows-v4-"));
    feed.edit(edited, 2, "modern giraffe");
    feed.delete(deleted, 2);
    awaitTimeline(service, last, edited, untouched);
    assertThat(status().read()).startsWith("meows-v1-");
    assertThat(fields(service.get("/meows"), "body")).contains("modern giraffe");
    assertThat(fields(service.get("/meows?before=" + deleted), "id")).contains(edited);
    assertThat(service.search("ancient").body()).isEqualTo("[]");
    assertThat(fields(service.search("giraffe"), "id")).containsExactly(edited);
    assertThat(service.get("/meows/" + deleted).statusCode()).isEqualTo(410);
    assertThat(service.get("/meows?ids=" + deleted).body()).doesNotContain("mistake");
    assertThat(service.get("/meows/" + edited).headers().firstValue("ETag")).isEmpty();
    assertThat(service.get("/meows/" + edited + "/history").statusCode()).isEqualTo(503);
    feed.markRefilling(false);
    await().untilAsserted(() -> assertThat(status().read()).startsWith("meows-v4-"));
    await()
        .untilAsserted(() ->
            assertThat(service.get("/meows/" + edited).headers().firstValue("ETag"))
                .contains("\"2\""));
    awaitTimeline(service, last, edited, untouched);
    assertThat(json(service.get("/meows/" + deleted)).path("by").asString()).isEqualTo("author");
    assertThat(fields(service.get("/meows/" + edited + "/history"), "body"))
        .containsExactly("ancient elephant", "modern giraffe");
  }

  @Test
  void rebuildsWhenMeowsWereEditedDeletedAndErased() throws Exception {
    RunningService service = start();
    List<String> living = publishAll();
    awaitTimeline(service, living.toArray(String[]::new));
    String bodies = service.get("/meows?take=500").body();
    String target = rebuild();
    await().untilAsserted(() -> assertThat(status().read()).isEqualTo(target));
    awaitTimeline(service, living.toArray(String[]::new));
    assertThat(service.get("/meows?take=500").body()).isEqualTo(bodies);
    assertThat(service.measured("meower.index.missing")).isZero();
  }

  @Test
  void refusesAnIndexInWhichAMeowIsNotAsItsLatestEventSays() throws Exception {
    RunningService service = start();
    List<String> living = publishAll();
    String revived = feed.publish("revived");
    String outdated = feed.publish("outdated");
    String lost = feed.publish("lost");
    feed.delete(revived, 2);
    feed.edit(outdated, 2, "outdated, too");
    feed.edit(outdated, 3, "up to date");
    List<String> wanted = new ArrayList<>(living);
    wanted.addAll(0, List.of(lost, outdated));
    awaitTimeline(service, wanted.toArray(String[]::new));
    feed.markRefilling(true);
    String target = rebuild();
    long end =
        feed.connection()
            .jetStreamManagement()
            .getStreamInfo("MEOWS")
            .getStreamState()
            .getLastSequence();
    await().until(() -> status().filled() == end);
    put(target, revived, "revived", feed.earlier(revived).sequences().getFirst());
    put(target, outdated, "outdated", feed.earlier(outdated).sequences().getFirst());
    send(HttpRequest.newBuilder(uri("/" + target + "/_doc/" + lost + "?refresh=true")).DELETE());
    feed.markRefilling(false);
    await().untilAsserted(() -> assertThat(status().state()).isEqualTo(IndexStatus.State.REFUSED));
    // Of the one that is outdated both edits, of the others their only event that is missing.
    assertThat(service.measured("meower.index.missing")).isEqualTo(4);
    assertThat(service.timeline()).isEqualTo(wanted);
    String next = rebuild();
    await().untilAsserted(() -> assertThat(status().read()).isEqualTo(next));
    awaitTimeline(service, wanted.toArray(String[]::new));
  }

  /** Publishes meows, edits many and deletes some; returns those that are left, newest first. */
  private List<String> publishAll() throws Exception {
    List<String> all = feed.publish(200);
    List<String> living = new ArrayList<>(all);
    for (int i = 0; i < all.size(); i++) {
      String id = all.get(i);
      if (i % 3 == 0) {
        feed.edit(id, 2, "edited");
      }
      if (i % 6 == 0) {
        feed.edit(id, 3, "edited again");
      }
      if (i % 4 == 0) {
        feed.delete(id, feed.earlier(id).sequences().size() + 1);
        living.remove(id);
      }
      if (i % 8 == 0) {
        feed.erase(id);
      }
    }
    return living;
  }

  private void put(String index, String id, String body, long sequence) throws Exception {
    String document =
        ("{\"id\":\"%s\",\"sequence\":%d,\"created_at\":\"2026-11-21T10:00:00Z\",\"body\":\"%s\","
                + "\"words\":\"%3$s\",\"tags\":[]}")
            .formatted(id, sequence, body);
    send(
        HttpRequest.newBuilder(uri("/" + index + "/_doc/" + id + "?refresh=true"))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(document)));
  }

  private URI uri(String path) {
    return URI.create(elasticsearch.url() + path);
  }

  private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private RunningService start() {
    RunningService service = RunningService.start(nats, elasticsearch, SOON);
    services.add(service);
    return service;
  }

  private static void awaitTimeline(RunningService service, String... ids) {
    await().untilAsserted(() -> assertThat(service.timeline()).containsExactly(ids));
  }

  private String rebuild() throws InterruptedException {
    return answer(IndexRequests.REBUILD).target();
  }

  private IndexStatus status() throws InterruptedException {
    return answer(IndexRequests.STATUS);
  }

  private IndexStatus answer(String request) throws InterruptedException {
    Message answer = feed.ask(request, "");
    assertThat(answer.getData()).as("%s", answer.getHeaders()).isNotEmpty();
    return IndexStatus.decode(answer.getData());
  }
}
