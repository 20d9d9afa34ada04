package meower.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meower.standalone.launcher.Console;
import meower.standalone.process.ServerFailedException;
import org.jspecify.annotations.Nullable;

/** Posts texts to the command service, a few at a time, and says how far it is. */
final class DemoPoster {
  private static final int SENDERS = 8;
  private static final int ATTEMPTS = 6;
  private static final int CREATED = 201;
  private static final int PROGRESS_STEPS = 10;

  private final URI meows;
  private final Console console;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final AtomicInteger posted = new AtomicInteger();

  DemoPoster(URI meows, Console console) {
    this.meows = meows;
    this.console = console;
  }

  /**
   * @throws ServerFailedException when a text was refused, or not taken for a quarter of a minute
   */
  void post(Stream<String> texts, int count) {
    var rest = texts.limit(count).iterator();
    var senders =
        IntStream.range(0, SENDERS)
            .mapToObj(_ ->
                CompletableFuture.runAsync(() -> postAll(rest, count), Thread::startVirtualThread))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(senders).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ServerFailedException failure ? failure : e;
    }
  }

  private void postAll(Iterator<String> texts, int count) {
    for (String text = next(texts); text != null; text = next(texts)) {
      post(text);
      int done = posted.incrementAndGet();
      if (done % Math.max(1, count / PROGRESS_STEPS) == 0 || done == count) {
        console.say("%d of %d posted".formatted(done, count));
      }
    }
  }

  private static @Nullable String next(Iterator<String> texts) {
    synchronized (texts) {
      return texts.hasNext() ? texts.next() : null;
    }
  }

  private void post(String text) {
    int status = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      status = send(text);
      if (status == CREATED) {
        return;
      }
      if (status >= 400 && status < 500 && status != 429) {
        break;
      }
      pause(attempt);
    }
    throw new ServerFailedException(
        "the command service did not take \"%s\": %s"
            .formatted(text, status == 0 ? "it does not answer" : "it answered " + status),
        List.of());
  }

  /** The status of the answer; 0 when there was none. */
  private int send(String text) {
    var request =
        HttpRequest.newBuilder(meows)
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("body=" + URLEncoder.encode(text, UTF_8)))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException _) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailedException("interrupted", e);
    }
  }

  private static void pause(int attempt) {
    long millis = 250L << attempt;
    try {
      Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailedException("interrupted", e);
    }
  }
}
