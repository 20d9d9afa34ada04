package meower.program.queue;

import meower.web.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** What can be wrong with a call about a queue. */
public final class QueueProblems {

  private QueueProblems() {}

  /** There is no such queue. */
  public static ProblemException unknownQueue(String name) {
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        "unknown-queue",
        "There is no such queue",
        Definition.isName(name)
            ? "Make it with PUT /queues/" + name + ", or check its name."
            : "The name of a queue has 1 to 60 small letters, digits and hyphens.");
  }

  static ProblemException notAllowed(String caller, Queue queue, String deed) {
    return new ProblemException(
        HttpStatus.FORBIDDEN,
        "not-allowed",
        "The program may not do this",
        "The program %s may not %s the queue %s of another program. Use another name, or have its owner name you."
            .formatted(caller, deed, queue.name()));
  }

  static ProblemException presenceNotAllowed(String caller, String program) {
    return new ProblemException(
        HttpStatus.FORBIDDEN,
        "not-allowed",
        "The program may not do this",
        "Only the program %s sees its objects, and this is %s. It may show them to others: PUT /presence with \"public\":true."
            .formatted(program, caller));
  }

  static ProblemException tooManyQueues(int most) {
    return new ProblemException(
        HttpStatus.CONFLICT,
        "too-many-queues",
        "The program has too many queues",
        "A program has at most " + most + " queues: delete one that it does not need.");
  }

  /** More than it holds. */
  static ProblemException full(String detail) {
    ProblemException problem =
        new ProblemException(
            HttpStatus.TOO_MANY_REQUESTS, "queue-full", "The queue is full", detail);
    problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
    return problem;
  }

  /** Nobody fetches from a queue whose messages are brought to a receiver. */
  public static ProblemException pushed(String name) {
    return new ProblemException(
        HttpStatus.CONFLICT,
        "queue-is-pushed",
        "The queue is pushed",
        "Meower brings the messages of the queue %s to its receiver. To fetch them, define it without push."
            .formatted(name));
  }

  /** It has no receiver. */
  public static ProblemException notPushed(String name) {
    return new ProblemException(
        HttpStatus.CONFLICT,
        "queue-is-not-pushed",
        "The queue is not pushed",
        "The queue %s has no receiver: define it with push.".formatted(name));
  }

  /** More often than is good. */
  public static ProblemException tooManyCalls() {
    return new ProblemException(
        HttpStatus.TOO_MANY_REQUESTS,
        "too-many-calls",
        "Too many calls at once",
        "The program calls more often than Meower allows. Wait for the seconds that Retry-After"
            + " says; publish, fetch and settle many messages with one call.");
  }
}
