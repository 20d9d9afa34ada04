package meower.command.change;

import meower.command.meow.MeowResponse;
import meower.schema.MeowDeleted;
import meower.web.ProblemException;
import org.springframework.http.HttpStatus;

/** What is said to whoever wants to change a meow and cannot. */
public final class ChangeProblems {

  private ChangeProblems() {}

  static ProblemException of(Change change) {
    return switch (change) {
      case Change.Needed _, Change.Done _ -> throw new IllegalArgumentException("no problem");
      case Change.Deleted(MeowDeleted meow) -> deleted(meow);
      case Change.EditedMeanwhile(var meow) -> editedMeanwhile(MeowResponse.of(meow));
      case Change.TooLate _ -> tooLate();
      case Change.TooManyEdits _ -> tooManyEdits();
      case Change.Unknown _ -> unknown();
    };
  }

  public static ProblemException deleted(MeowDeleted meow) {
    ProblemException problem =
        new ProblemException(
            HttpStatus.GONE,
            "deleted",
            "The meow was deleted",
            "It was taken back, and that is final: post a new one.");
    problem.getBody().setProperty("by", meow.by().text());
    problem.getBody().setProperty("deleted_at", meow.deletedAt());
    return problem;
  }

  static ProblemException notYours() {
    return new ProblemException(
        HttpStatus.FORBIDDEN,
        "not-yours",
        "Only whoever posted a meow may change it",
        "Send the header Meower-Undo that came with the answer to the post of this very meow.");
  }

  static ProblemException unknown() {
    return new ProblemException(
        HttpStatus.NOT_FOUND, "unknown-meow", "There is no such meow", "Check the id.");
  }

  private static ProblemException editedMeanwhile(MeowResponse meow) {
    ProblemException problem =
        new ProblemException(
            HttpStatus.PRECONDITION_FAILED,
            "edited-meanwhile",
            "The meow was edited meanwhile",
            "The field meow has its present text: decide which one is right, and send that with"
                + " If-Match and its revision.");
    problem.getBody().setProperty("meow", meow);
    return problem;
  }

  private static ProblemException tooLate() {
    return new ProblemException(
        HttpStatus.CONFLICT,
        "too-late",
        "The meow cannot be changed any more",
        "A meow can be changed for some minutes only, see Meower-Undo-Until of the answer to its"
            + " post: post another one.");
  }

  private static ProblemException tooManyEdits() {
    return new ProblemException(
        HttpStatus.CONFLICT,
        "too-many-edits",
        "The meow was edited too often",
        "A meow can be edited %d times: delete it and post a new one."
            .formatted(ChangeRules.MAX_EDITS));
  }
}
