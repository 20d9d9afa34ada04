package meower.program.sighting;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * How a program calls one of its objects.
 *
 * <p>It is a text: the number 1 and the text "1" are the same object, since the status API is asked
 * for both under the same address.
 *
 * @param value 1–100 characters, none of them a control character
 */
public record ObjectId(String value) {

  private static final int LONGEST = 100;
  private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cc}\\p{Cs}]");

  /** Returns the id, if this is one. */
  static Optional<ObjectId> of(JsonNode json) {
    if (json.isIntegralNumber()) {
      return of(json.bigIntegerValue().toString());
    }
    return json.isString() ? of(json.stringValue()) : Optional.empty();
  }

  private static Optional<ObjectId> of(String text) {
    boolean fits = !text.isEmpty() && text.codePointCount(0, text.length()) <= LONGEST;
    return fits && !FORBIDDEN.matcher(text).find()
        ? Optional.of(new ObjectId(text))
        : Optional.empty();
  }

  /** Returns it as a part of a subject. */
  String token() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the id in a subject of sightings. */
  public static ObjectId ofSubject(String subject) {
    String token = subject.substring(subject.lastIndexOf('.') + 1);
    return new ObjectId(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
  }
}
