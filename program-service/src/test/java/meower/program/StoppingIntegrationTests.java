package meower.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.RepeatedTest;

/** Whoever is let in while an instance stops is answered as ever. */
class StoppingIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int CALLERS = 32;
  private static final String QUEUE = "jobs";

  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final AtomicInteger done = new AtomicInteger();
  private volatile boolean stopped;

  @RepeatedTest(4)
  void failsNothingThatItHasTaken() throws Exception {
    TestPostgres postgres = TestServers.postgres();
    RunningService service =
        RunningService.start(postgres, postgres.createDatabase(), TestServers.nats().url());
    TestProgram program = service.as("worker");
    assertThat(program.put(QUEUE, "{}").statusCode()).isEqualTo(201);

    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLERS; i++) {
        callers.execute(() -> call(program));
      }
      await().atMost(SOON).until(() -> done.get() > CALLERS * 10);

      service.close();
      stopped = true;
    }

    assertThat(refused).isEmpty();
  }

  /** Until nobody listens any more: what is refused at the door was not taken. */
  private void call(TestProgram program) {
    while (!stopped) {
      try {
        note(program.send("POST", "/queues/" + QUEUE + "/publish", "hello"));
        for (TestProgram.Message message : fetched(program)) {
          note(program.send("POST", "/queues/jobs/acknowledge/" + message.lease(), null));
        }
      } catch (UncheckedIOException e) {
        return;
      }
    }
  }

  private List<TestProgram.Message> fetched(TestProgram program) {
    HttpResponse<String> answer = program.send("POST", "/queues/" + QUEUE + "/fetch", null);
    note(answer);
    return answer.statusCode() == 200 ? TestProgram.messages(answer) : List.of();
  }

  /** Of what the container has not even read it says so, or nothing at all. */
  private void note(HttpResponse<String> answer) {
    if (answer.statusCode() < 300) {
      done.incrementAndGet();
    } else if (!answer.body().isEmpty() && !answer.body().contains("has not read the request")) {
      refused.add(answer.statusCode() + " " + answer.body());
    }
  }
}
