package meower.command.meow;

/** The text of a meow cannot be accepted; says what to change. */
final class InvalidBodyException extends RuntimeException {

  private final String slug;

  /**
   * @param slug what is wrong, for programs
   * @param detail what to do, for the person who typed it
   */
  InvalidBodyException(String slug, String detail) {
    super(detail);
    this.slug = slug;
  }

  String slug() {
    return slug;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
