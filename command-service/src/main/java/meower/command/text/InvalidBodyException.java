package meower.command.text;

import meower.web.ProblemException;
import org.springframework.http.HttpStatus;

/** The text of a meow cannot be accepted; says what to change. */
public final class InvalidBodyException extends RuntimeException {

  private final String slug;

  /**
   * @param slug what is wrong, for programs
   * @param detail what to do, for the person who typed it
   */
  InvalidBodyException(String slug, String detail) {
    super(detail);
    this.slug = slug;
  }

  /** Returns what its sender is told. */
  public ProblemException toProblem() {
    return new ProblemException(
        HttpStatus.BAD_REQUEST, slug, "The meow cannot be accepted", detail());
  }

  String slug() {
    return slug;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
