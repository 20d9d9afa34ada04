package meower.program.message;

import java.util.regex.Pattern;
import meower.web.ProblemException;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The content types of messages: kept as they are sent, and given back with the message. */
final class ContentTypes {

  static final String JSON = "application/json";
  static final String TEXT = "text/plain;charset=utf-8";
  static final String BYTES = "application/octet-stream";

  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]{1,255}");

  private ContentTypes() {}

  /**
   * Refuses what is no content type.
   *
   * @param name of the header or field
   * @throws ProblemException 400 naming it
   */
  static void require(String name, String type) {
    try {
      if (PRINTABLE.matcher(type).matches() && MediaType.parseMediaType(type).isConcrete()) {
        return;
      }
    } catch (InvalidMediaTypeException e) {
      throw refused(name);
    }
    throw refused(name);
  }

  private static ProblemException refused(String name) {
    return ProblemException.badParameter(
        name, "This is not a content type like application/json, in at most 255 characters.");
  }
}
