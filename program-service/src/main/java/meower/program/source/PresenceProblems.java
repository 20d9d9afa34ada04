package meower.program.source;

import meower.web.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** What can be wrong with a call about who is here. */
public final class PresenceProblems {

  private PresenceProblems() {}

  /** Nobody has said where it is looked up. */
  public static ProblemException unknownPresence(String program) {
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        "unknown-presence",
        "There is no such presence",
        "The program %s has not said where its objects are looked up: PUT /presence with a status_url, or have the operator type ./meower program add NAME --status-url URL."
            .formatted(program));
  }

  /** Others may not see it. */
  public static ProblemException notAllowed(String caller, String program) {
    return new ProblemException(
        HttpStatus.FORBIDDEN,
        "not-allowed",
        "The program may not do this",
        "Only the program %s sees its objects, and this is %s. It may show them to others: PUT /presence with \"public\":true."
            .formatted(program, caller));
  }

  /** One object that has not been seen lately. */
  public static ProblemException notHere() {
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        "not-here",
        "The object is not here",
        "It has not been seen for as long as an object stays. Ask again after it was reported and"
            + " looked up.");
  }

  /** More than a program may bring. */
  public static ProblemException tooMany(String detail) {
    ProblemException problem =
        new ProblemException(
            HttpStatus.TOO_MANY_REQUESTS, "too-many-calls", "Too many calls at once", detail);
    problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    return problem;
  }
}
