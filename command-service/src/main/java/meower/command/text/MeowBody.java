package meower.command.text;

import meower.schema.MeowCreated;
import meower.schema.MeowEdited;

/**
 * The text of a meow as it is stored.
 *
 * <p>What may be typed is decided when it is posted, by {@link TypedText}, and the rules change:
 * what they once let in is read back as it is.
 *
 * @param text what everybody sees, unescaped
 */
public record MeowBody(String text) {

  public static MeowBody of(MeowCreated meow) {
    return new MeowBody(meow.body());
  }

  public static MeowBody of(MeowEdited meow) {
    return new MeowBody(meow.body());
  }
}
