package meower.program.source;

import jakarta.servlet.http.HttpServletRequest;
import meower.program.queue.CallRate;
import meower.web.ProblemException;
import meower.web.pass.Callers;
import meower.web.pass.Scope;
import org.springframework.stereotype.Component;

/** Says who asks, and whether they may have to do with who is here. */
@Component
public class PresenceCallers {

  private final Callers callers;
  private final CallRate rate;

  PresenceCallers(Callers callers, CallRate rate) {
    this.callers = callers;
    this.rate = rate;
  }

  /**
   * Returns the name of the program that calls.
   *
   * @throws ProblemException 401 or 403 if it may not, 429 if it calls too often
   */
  public String caller(HttpServletRequest request) {
    String program = callers.require(Scope.PRESENCE, request).program();
    if (!rate.allows(program)) {
      throw PresenceProblems.tooMany(
          "The program calls more often than Meower allows. Wait for the seconds that Retry-After"
              + " says, and report many objects with one call.");
    }
    return program;
  }
}
