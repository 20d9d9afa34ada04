package meower.command.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import meower.command.database.OlderInstances;
import meower.command.meow.Meow;
import meower.command.outbox.RelayWakeup;
import meower.command.text.MeowBody;
import meower.command.trail.Sender;
import meower.command.trail.TrailProperties;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.schema.MeowIdGenerator;
import meower.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Before anybody takes posts out of the queue. */
class GroupCommitTests {

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new Random());

  @Test
  @Timeout(20)
  void refusesAtOnceWhatFindsTheQueueFull() {
    GroupCommit commits = commitsWith(new PostProperties(3, 10, Duration.ofMinutes(1)));
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 3).forEach(_ -> clients.execute(() -> store(commits, post())));
      await().atMost(Duration.ofSeconds(10)).until(() -> waiting() == 3);

      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> store(commits, post()))
          .satisfies(problem -> assertThat(problem.getStatusCode().value()).isEqualTo(503));
      clients.shutdownNow();
    }
  }

  @Test
  @Timeout(20)
  void givesUpAPostThatNobodyTakesInTime() throws Exception {
    GroupCommit commits = commitsWith(new PostProperties(3, 10, Duration.ofMillis(50)));
    PendingPost post = post();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> answer = clients.submit(() -> store(commits, post));
      assertThat(answer).failsWithin(Duration.ofSeconds(10));
    }
    assertThat(post.take()).isFalse();
  }

  private double waiting() {
    return metrics.get("meower.posts.waiting").gauge().value();
  }

  private GroupCommit commitsWith(PostProperties properties) {
    NatsLink nats =
        new NatsLink(new NatsProperties("nats://localhost", 1, Duration.ofSeconds(1)), "test");
    DataSource nowhere = new DriverManagerDataSource();
    MeowStore store =
        new MeowStore(
            nowhere,
            new RelayWakeup(nats),
            new OlderInstances(JdbcClient.create(nowhere)),
            new TrailProperties(30));
    return new GroupCommit(new BatchCommit(store), properties, metrics);
  }

  private PendingPost post() {
    return new PendingPost(
        new Meow(ids.next(), new MeowBody("hello"), Instant.EPOCH),
        Optional.empty(),
        new Sender("127.0.0.1", null, null, null));
  }

  private static boolean store(GroupCommit commits, PendingPost post) {
    commits.submit(post);
    return commits.await(post);
  }
}
