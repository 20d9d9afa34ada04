package meower.query.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks Elasticsearch for a reader, who is told to come back when it cannot answer now.
 *
 * <p>Only so many ask at the same time: while Elasticsearch is slow, the others are told so at once
 * instead of piling up here.
 */
@Component
public final class SearchEngine {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final int TOO_MANY_REQUESTS = 429;

  /** One request to Elasticsearch. */
  @FunctionalInterface
  public interface Question<T> {

    T ask(ElasticsearchClient client) throws IOException;
  }

  /** What is asked is right, so somebody has closed the index, or made another of its name. */
  private static final Set<String> IN_DISORDER =
      Set.of("index_closed_exception", "search_phase_execution_exception");

  private final ElasticsearchClient client;
  private final Semaphore places;

  SearchEngine(ElasticsearchClient client, ElasticsearchProperties properties) {
    this.client = client;
    this.places = new Semaphore(properties.maxReads());
  }

  /**
   * Returns the answer.
   *
   * @throws ProblemException 503 while Elasticsearch is away, too slow, overloaded or without the
   *     index
   */
  public <T> T ask(Question<T> question) {
    if (!places.tryAcquire()) {
      throw unavailable(null);
    }
    try {
      return answer(question);
    } finally {
      places.release();
    }
  }

  private <T> T answer(Question<T> question) {
    try {
      return question.ask(client);
    } catch (IOException e) {
      throw unavailable(e);
    } catch (RuntimeException e) {
      if (isTemporary(e)) {
        throw unavailable(e);
      }
      throw e;
    }
  }

  /** Returns what a reader is told while there is nothing to read from. */
  public static ProblemException unavailable(@Nullable Throwable cause) {
    return ProblemException.unavailable(
        "The timeline and the search cannot be read right now. Nothing is lost: try again in a few"
            + " seconds.",
        cause,
        RETRY_AFTER);
  }

  /** Tells whether Elasticsearch has answered that it does not have the index. */
  public static boolean isWithoutIndex(ProblemException e) {
    return e.getCause() instanceof ElasticsearchException refusal && isWithoutIndex(refusal);
  }

  private static boolean isWithoutIndex(ElasticsearchException e) {
    return "index_not_found_exception".equals(e.error().type());
  }

  private static boolean isTemporary(RuntimeException e) {
    return e instanceof ElasticsearchException refusal
        ? isTemporary(refusal)
        : foundNoFreeConnection(e);
  }

  private static boolean isTemporary(ElasticsearchException e) {
    return e.status() >= 500
        || e.status() == TOO_MANY_REQUESTS
        || isWithoutIndex(e)
        || IN_DISORDER.contains(e.error().type());
  }

  /**
   * While Elasticsearch hangs or its name cannot be resolved, requests hold all connections; the
   * client wraps the timeout of those that wait for one, and only that, in a bare exception.
   */
  private static boolean foundNoFreeConnection(RuntimeException e) {
    return e.getCause() instanceof TimeoutException;
  }
}
