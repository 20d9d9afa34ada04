package meower.program.message;

import meower.program.request.Content;

/** How a body is shown to who fetches it; the letters are those of the table. */
public enum Form {
  /** As the JSON that it is. */
  JSON("j"),
  /** As a string. */
  TEXT("t"),
  /** In Base64. */
  BYTES("b");

  private final String letter;

  Form(String letter) {
    this.letter = letter;
  }

  String letter() {
    return letter;
  }

  /** Returns the form of this letter. */
  public static Form of(String letter) {
    return switch (letter) {
      case "j" -> JSON;
      case "t" -> TEXT;
      default -> BYTES;
    };
  }

  static Form of(byte[] body, String contentType) {
    return Content.text(body)
        .map(text -> Content.isJson(contentType) && Content.parse(text).isPresent() ? JSON : TEXT)
        .orElse(BYTES);
  }
}
