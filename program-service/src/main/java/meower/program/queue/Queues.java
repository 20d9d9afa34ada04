package meower.program.queue;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import meower.database.SchemaMigration;
import meower.program.request.Postgres;
import meower.web.ProblemException;
import meower.web.pass.Callers;
import meower.web.pass.Pass;
import meower.web.pass.Scope;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Says who calls and whether they may do that with that queue.
 *
 * <p>What a definition says is believed for a second, so that not each call has to ask for it. That
 * a queue is there is not: each statement that stores or takes something looks for itself.
 */
@Component
public class Queues {

  private static final long GOOD_FOR_NANOS = 1_000_000_000;
  private static final int MOST_KNOWN = 10_000;

  private record Known(Queue queue, long since) {}

  private final Callers callers;
  private final CallRate rate;
  private final QueueStore store;
  private final SchemaMigration schema;
  private final LongSupplier nanoTime;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  @Autowired
  Queues(Callers callers, CallRate rate, QueueStore store, SchemaMigration schema) {
    this(callers, rate, store, schema, System::nanoTime);
  }

  Queues(
      Callers callers,
      CallRate rate,
      QueueStore store,
      SchemaMigration schema,
      LongSupplier nanoTime) {
    this.callers = callers;
    this.rate = rate;
    this.store = store;
    this.schema = schema;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns the name of the program that calls.
   *
   * @throws ProblemException 401 or 403 if it may have no queues, 429 if it calls too often, 503 if
   *     there is nothing to be had yet
   */
  public String caller(HttpServletRequest request) {
    Pass pass = callers.require(Scope.QUEUES, request);
    if (!rate.allows(pass.program())) {
      ProblemException problem = QueueProblems.tooManyCalls();
      problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
      throw problem;
    }
    if (!schema.isDone()) {
      throw Postgres.unavailable(null);
    }
    return pass.program();
  }

  /**
   * Returns a queue that the program owns.
   *
   * @throws ProblemException 403 or 404 if it does not
   */
  public Queue owned(String caller, String name) {
    return allowed(caller, name, Queue::isOf, "change or look at");
  }

  /**
   * Returns a queue that the program may publish into.
   *
   * @throws ProblemException 403 or 404 if it may not
   */
  public Queue publishable(String caller, String name) {
    return allowed(caller, name, Queue::takesFrom, "publish into");
  }

  /**
   * Returns a queue that the program may fetch from.
   *
   * @throws ProblemException 403 or 404 if it may not
   */
  public Queue consumable(String caller, String name) {
    return allowed(caller, name, Queue::givesTo, "fetch from");
  }

  private Queue allowed(String caller, String name, BiPredicate<Queue, String> may, String deed) {
    Queue queue = find(name).orElseThrow(() -> QueueProblems.unknownQueue(name));
    if (!may.test(queue, caller)) {
      throw QueueProblems.notAllowed(caller, queue, deed);
    }
    return queue;
  }

  private Optional<Queue> find(String name) {
    long now = nanoTime.getAsLong();
    Known remembered = known.get(name);
    if (remembered != null && now - remembered.since() < GOOD_FOR_NANOS) {
      return Optional.of(remembered.queue());
    }
    if (!Definition.isName(name)) {
      return Optional.empty();
    }
    Optional<Queue> found = Postgres.ask(() -> store.find(name));
    if (known.size() >= MOST_KNOWN) {
      known.clear();
    }
    known.remove(name);
    found.ifPresent(queue -> known.put(name, new Known(queue, now)));
    return found;
  }

  /** It has been changed, or is no longer there. */
  public void forget(String name) {
    known.remove(name);
  }
}
