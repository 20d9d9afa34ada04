package meower.bench.queue;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import meower.bench.http.Conversation;
import meower.bench.http.HttpLoad;
import meower.bench.http.HttpResult;
import meower.bench.http.Posted;
import meower.bench.lab.Contender;
import meower.bench.lab.Lab;
import meower.bench.lab.Sample;
import meower.bench.program.Program;
import meower.standalone.stack.Login;
import meower.standalone.stack.Part;
import org.HdrHistogram.Histogram;

/**
 * Meows that are posted at a steady rate, each with one of as many hashtags as there are queues,
 * and each queue with a feed of one hashtag: how far the feeds are behind the stream.
 *
 * <p>Looks at where the feeds are in Postgres, next to their messages, since asking each of them
 * over HTTP would be a load of its own.
 */
final class FeedLag implements Contender {

  static final int RATE = 2_000;
  static final int QUEUES = 100;

  private static final int CONNECTIONS = 64;
  private static final long LOOK = Duration.ofMillis(50).toNanos();
  private static final long LONGEST_MICROS = 600_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String STREAM = "MEOWS";

  private final Lab lab;
  private final Program program;
  private long number;

  FeedLag(Lab lab, Program program) {
    this.lab = lab;
    this.program = program;
  }

  @Override
  public String name() {
    return "Meower: POST /meows through nginx";
  }

  @Override
  public Sample measure() throws Exception {
    for (int i = 0; i < QUEUES; i++) {
      program.define(queue(i), "{\"feed\":{\"topics\":[\"#feed%d\"]}}".formatted(i));
    }
    try (Programs programs = new Programs(lab.database(Part.PROGRAM))) {
      Duration time = lab.options().time();
      long before = number;
      CompletableFuture<HttpResult> posting =
          CompletableFuture.supplyAsync(() -> post(time), task -> Thread.ofPlatform().start(task));
      Histogram micros = watch(programs, posting);
      HttpResult posts = posting.get().requireOnly(201);
      if (programs.messages() != number - before) {
        throw new IllegalStateException(
            "%d messages of %d meows".formatted(programs.messages(), number - before));
      }
      return Sample.of("behind p99 ms", micros.getValueAtPercentile(99) / 1e3)
          .with("behind p50 ms", micros.getValueAtPercentile(50) / 1e3)
          .with("behind most ms", micros.getMaxValue() / 1e3)
          .with("meows/s", posts.perSecond())
          .with("post p99 ms", posts.micros().getValueAtPercentile(99) / 1e3);
    } finally {
      for (int i = 0; i < QUEUES; i++) {
        program.remove(queue(i));
      }
    }
  }

  private static String queue(int i) {
    return "feed-" + i;
  }

  private HttpResult post(Duration time) {
    int nginx = lab.ports().nginx();
    try {
      return HttpLoad.of(nginx, CONNECTIONS, Posting::new).run(time, RATE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks until all is posted and all feeds have got it. */
  private Histogram watch(Programs programs, CompletableFuture<HttpResult> posting)
      throws Exception {
    Histogram micros = new Histogram(LONGEST_MICROS, 3);
    StreamEnd end = new StreamEnd();
    Connection nats = lab.meowBroker().connect();
    try {
      JetStreamManagement streams = nats.jetStreamManagement();
      long last;
      long least;
      boolean over;
      long latest = System.nanoTime() + lab.options().time().plus(PATIENCE).toNanos();
      do {
        over = posting.isDone();
        last = streams.getStreamInfo(STREAM).getStreamState().getLastSequence();
        end.at(System.nanoTime(), last);
        List<Long> places = programs.places();
        for (long place : places) {
          long late = end.behind(System.nanoTime(), place) / 1_000;
          micros.recordValue(Math.min(late, LONGEST_MICROS));
        }
        least = places.stream().mapToLong(Long::longValue).min().orElse(last);
        end.forgetUpTo(least);
        if (System.nanoTime() > latest) {
          throw new IOException("feeds are at %d of %d after a minute".formatted(least, last));
        }
        LockSupport.parkNanos(LOOK);
      } while (!over || least < last);
    } finally {
      nats.close();
    }
    return micros;
  }

  private final class Posting implements Conversation {

    @Override
    public ByteBuffer next() {
      return Posted.to(program.nginx(), "/meows", Posted.json(), text());
    }

    @Override
    public int answered(int status, byte[] body) {
      return 1;
    }
  }

  private String text() {
    number++;
    return "{\"body\":\"the %,d. meow of a benchmark, as long as most of them are #feed%d\"}"
        .formatted(number, number % QUEUES);
  }

  /** The database of the program-service. */
  private static final class Programs implements AutoCloseable {

    private final java.sql.Connection connection;
    private final PreparedStatement places;
    private final PreparedStatement messages;

    Programs(Login login) throws SQLException {
      connection = DriverManager.getConnection(login.url(), login.user(), login.password());
      places =
          connection.prepareStatement(
              "select sequence from feed_place join queue on queue.id = queue where not ended");
      messages =
          connection.prepareStatement(
              "select count(*) from message join queue on queue.id = queue where meow is not null");
    }

    List<Long> places() throws SQLException {
      List<Long> sequences = new ArrayList<>();
      try (ResultSet rows = places.executeQuery()) {
        while (rows.next()) {
          sequences.add(rows.getLong(1));
        }
      }
      return sequences;
    }

    long messages() throws SQLException {
      try (ResultSet rows = messages.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
