package meower.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import meower.program.TestProgram.Message;
import meower.testservers.AcceptCases;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every door of the service takes the header {@code Accept} in the same way. */
class AcceptIntegrationTests {

  private static final String JSON = MediaType.APPLICATION_JSON_VALUE;

  private static RunningService service;
  private static TestProgram program;

  /** A controller's method and address, and what it answers. */
  private record Door(String method, String path, String type) {

    static Stream<Door> of(RequestMappingInfo mapping) {
      String type =
          mapping.getProducesCondition().getProducibleMediaTypes().stream()
              .map(MediaType::toString)
              .findFirst()
              .orElse(JSON);
      return mapping.getMethodsCondition().getMethods().stream()
          .flatMap(method ->
              mapping.getPatternValues().stream()
                  .map(path -> new Door(method.name(), example(path), type)));
    }

    private static String example(String pattern) {
      return pattern
          .replaceAll("\\{queue}", "jobs")
          .replaceAll("\\{\\w+:(\\w+)[^}]*}", "$1")
          .replaceAll("\\{\\w+}", "x");
    }
  }

  @BeforeAll
  static void start() throws Exception {
    TestPostgres postgres = TestServers.postgres();
    service =
        RunningService.start(
            postgres,
            postgres.createDatabase(),
            TestServers.nats().url(),
            "--meower.queues.calls-per-second=100000");
    program = service.as("accepting");
    program.put("jobs", "{}");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void nothingIsDoneForWhoDoesNotTakeTheAnswer() {
    program.publish("jobs", "stays");
    String before = program.get("/queues").body();
    List<Door> doors =
        service.bean(RequestMappingHandlerMapping.class).getHandlerMethods().keySet().stream()
            .flatMap(Door::of)
            .toList();
    assertThat(doors).hasSizeGreaterThan(20);

    for (Door door : doors) {
      for (String accept : AcceptCases.refusing(door.type())) {
        assertRefused(door, accept);
      }
    }

    assertThat(program.get("/queues").body()).isEqualTo(before);
    Message message = program.fetch("jobs");
    assertThat(message.delivery()).isEqualTo(1);
    assertThat(program.settle("acknowledge", "jobs", message.lease())).isEqualTo(204);
    assertThat(program.fetch("jobs", "max=10")).isEmpty();
  }

  private static void assertRefused(Door door, String accept) {
    HttpResponse<String> answer =
        program.send(door.method(), door.path(), "{}", "Content-Type", JSON, "Accept", accept);
    String what = door + " " + accept;
    assertThat(answer.statusCode()).as(what).isEqualTo(406);
    assertThat(answer.headers().firstValue("Content-Type"))
        .as(what)
        .contains("application/problem+json");
    assertThat(answer.headers().firstValue("Cache-Control")).as(what).contains("no-store");
    assertThat(TestProgram.problem(answer)).as(what).isEqualTo("not-acceptable");
  }

  @Test
  void everybodyElseIsServed() {
    for (String accept : AcceptCases.allowing(JSON)) {
      assertServed(accept, "PUT", "/queues/jobs", "{}");
      assertServed(accept, "GET", "/queues/jobs", null);
      assertServed(accept, "GET", "/queues", null);
      HttpResponse<String> published =
          assertServed(accept, "POST", "/queues/jobs/publish", "\"accepted\"");
      assertThat(TestProgram.json(published).get("ids")).hasSize(1);
      List<Message> messages =
          TestProgram.messages(assertServed(accept, "POST", "/queues/jobs/fetch", null));
      assertThat(messages).hasSize(1);
      String settle = "/queues/jobs/acknowledge/" + messages.getFirst().lease();
      assertThat(program.send("POST", settle, null, "Accept", accept).statusCode()).isEqualTo(204);
    }
  }

  private static HttpResponse<String> assertServed(
      String accept, String method, String path, String body) {
    HttpResponse<String> answer =
        program.send(method, path, body, "Content-Type", JSON, "Accept", accept);
    assertThat(answer.statusCode()).as("%s %s %s", method, path, accept).isIn(200, 201);
    assertThat(answer.headers().firstValue("Content-Type"))
        .as("%s %s %s", method, path, accept)
        .contains(JSON);
    return answer;
  }
}
