package meower.e2e.hostile.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import meower.e2e.Api;
import meower.e2e.RunningMeower;
import meower.e2e.hostile.Bounds;
import meower.e2e.hostile.Logs;
import meower.e2e.hostile.Vitals;
import meower.e2e.hostile.wire.Door;
import meower.e2e.hostile.wire.RawAnswer;
import meower.e2e.hostile.wire.Wire;
import meower.e2e.operators.OperatorCommand;
import meower.operations.connection.ExitStatus;
import meower.standalone.demo.StatusApi;
import meower.standalone.stack.Part;
import meower.web.pass.Pass;
import meower.web.pass.PassKeys;
import meower.web.pass.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * 40,000 random and broken requests and frames, through nginx and directly at each service; also
 * those of a program.
 *
 * <p>The inputs follow from a seed: {@code -Dmeower.fuzz.seed=N} tries others, {@code
 * -Dmeower.fuzz.inputs=100000} more of them.
 */
class FuzzIntegrationTests {

  private static final long SEED = Long.getLong("meower.fuzz.seed", 20);
  private static final int INPUTS = Integer.getInteger("meower.fuzz.inputs", 40_000);
  private static final int WARM_UP = 5_000;
  private static final int SENDERS = 32;
  private static final int MOST_FAILURES = 100;

  /** The others of a kind say nothing new. */
  private static final int MOST_TOLD = 2;

  private final RunningMeower meower = RunningMeower.get();
  private final Judge judge = new Judge();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Map<String, LongAdder> kinds = new ConcurrentSkipListMap<>();
  private final AtomicInteger failed = new AtomicInteger();
  private final Map<String, String> accepted = new ConcurrentHashMap<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();

  private StatusApi status;

  @BeforeEach
  void addProgram() throws Exception {
    status = new StatusApi(0, Duration.ZERO, Duration.ofMillis(10));
    OperatorCommand.Result added =
        OperatorCommand.run(
            meower.access(),
            "",
            "program",
            "add",
            Sayings.PROGRAM,
            "--may",
            "post,queues,presence",
            "--password",
            Sayings.PASSWORD,
            "--weak",
            "--status-url",
            status.url());
    assertThat(added.status()).as(added.output()).isEqualTo(ExitStatus.FINE);
  }

  /** Its queues would be filled from what other tests post. */
  @AfterEach
  void removeProgram() throws Exception {
    for (JsonNode queue : Api.json(asked("GET", "/queues"))) {
      assertThat(asked("DELETE", "/queues/" + queue.get("name").stringValue()).statusCode())
          .isEqualTo(204);
    }
    OperatorCommand.run(meower.access(), "", "program", "remove", Sayings.PROGRAM);
    status.close();
  }

  private HttpResponse<String> asked(String method, String path) throws Exception {
    Api api = new Api(meower.url());
    return api.send(
        api.request(path)
            .header("Authorization", Sayings.CREDENTIALS)
            .method(method, BodyPublishers.noBody()));
  }

  /** As the service believes it, past the proxy. */
  private Calls calls() throws IOException {
    Set<Scope> scopes = Set.of(Scope.QUEUES, Scope.PRESENCE);
    Pass pass = new Pass(Sayings.PROGRAM, scopes, Instant.now().plus(Duration.ofHours(1)));
    PassKeys keys = new PassKeys(meower.data().resolve("keys/passes"), Clock.systemUTC());
    return new Calls(Pass.HEADER + ": " + keys.write(pass), Sayings.AUTHORIZATION);
  }

  @Test
  void noInputMakesItFailHangLeakOrForget() throws Exception {
    Logs logs = new Logs(meower);
    Calls calls = calls();
    send(new Inputs(SEED - 1, calls), WARM_UP);
    Map<Part, Vitals> before = vitals();

    send(new Inputs(SEED, calls), INPUTS);

    System.out.println("fuzz: seed " + SEED + ", answers " + answers);
    assertThat(failures).as("failures of seed %d: %s", SEED, kinds).isEmpty();
    assertThat(logs.badLines()).isEmpty();
    assertThat(new Api(meower.url()).get("/healthz").statusCode()).isEqualTo(200);
    assertNothingLeaked(before);
    assertEveryAcceptedMeowAppears();
  }

  private void send(Inputs inputs, int count) throws Exception {
    AtomicLong number = new AtomicLong();
    AtomicInteger sent = new AtomicInteger();
    List<Future<?>> senders = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < SENDERS; i++) {
        senders.add(
            executor.submit(() -> {
              try (Attack attack = attack()) {
                while (sent.get() < count && failed.get() < MOST_FAILURES) {
                  Input input = inputs.input(number.getAndIncrement());
                  sent.addAndGet(input.size());
                  judge(attack, input);
                }
              }
              return null;
            }));
      }
    }
    for (Future<?> sender : senders) {
      sender.get(1, TimeUnit.SECONDS);
    }
  }

  private Attack attack() {
    return new Attack(judge, door -> meower.port(door.part()), this::note, this::noteKept);
  }

  private void judge(Attack attack, Input input) {
    List<String> complaints = attack.complaints(input);
    if (complaints.isEmpty()) {
      return;
    }
    failed.incrementAndGet();
    String complaint = complaints.getFirst().lines().findFirst().orElse("");
    String kind = input.door() + " " + complaint;
    LongAdder seen = kinds.computeIfAbsent(kind, _ -> new LongAdder());
    seen.increment();
    if (seen.sum() <= MOST_TOLD) {
      Input shrunk = new Shrinker(attack, complaint).shrunk(input);
      failures.add(complaints + "\n" + input + "\nshrunk: " + Wire.printable(shrunk.wire()) + "\n");
    }
  }

  private void note(Input input, RawAnswer answer) {
    answers.computeIfAbsent(input.door() + " " + answer.status(), _ -> new LongAdder()).increment();
    if (answer.status() == 201) {
      JsonNode made = JsonMapper.shared().readTree(answer.text());
      if (made.has("body")) { // a meow, and no queue or message of one
        accepted.put(made.path("id").asString(""), made.path("body").asString(""));
      }
    }
  }

  private void noteKept(String id, Optional<String> text) {
    acknowledged.add(id);
    text.ifPresent(body -> accepted.put(id, body));
  }

  private Map<Part, Vitals> vitals() {
    Map<Part, Vitals> vitals = new LinkedHashMap<>();
    for (Door door : Door.values()) {
      vitals.put(door.part(), Vitals.of(meower, door.part()));
    }
    return vitals;
  }

  private void assertNothingLeaked(Map<Part, Vitals> before) {
    // Connections between nginx and the services stay open for 15 s after their last use.
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(() ->
            before
                .values()
                .forEach(was -> Bounds.assertNoGrowth(was, Vitals.of(meower, was.part()))));
    assertThat(Vitals.metric(meower, Part.COMMAND, "hikaricp.connections.active")).isZero();
    assertThat(Vitals.metric(meower, Part.COMMAND, "meower.publish.sockets")).isZero();
    assertThat(Vitals.metric(meower, Part.PUSHER, "meower.subscribers")).isZero();
  }

  private void assertEveryAcceptedMeowAppears() {
    assertThat(accepted).hasSizeGreaterThan(INPUTS / 100);
    assertThat(acknowledged).hasSizeGreaterThan(INPUTS / 400);
    Api api = new Api(meower.url());
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          Map<String, String> timeline = new LinkedHashMap<>();
          api.timeline(500).forEach(meow -> timeline.put(meow.id(), meow.body()));
          assertThat(timeline.entrySet().containsAll(accepted.entrySet())).isTrue();
          assertThat(timeline.keySet().containsAll(acknowledged)).isTrue();
        });
  }
}
