package meower.schema;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A {@code #tag} inside a body.
 *
 * <p>A tag is {@code #} followed by letters, marks, digits or {@code _}, at least one of them a
 * letter or {@code _}, and not directly preceded by one of these or by {@code #}, {@code &} or
 * {@code /} (so that the anchor of a URL is none).
 *
 * @param start offset of {@code #} in the body, in UTF-16 code units
 * @param end offset behind the last character, in UTF-16 code units
 * @param name the tag without {@code #}, in lower case
 */
public record Hashtag(int start, int end, String name) {

  private static final Pattern TAG =
      Pattern.compile("#(?=\\p{N}*[\\p{L}_])([\\p{L}\\p{M}\\p{N}_]+)");

  /** Not a lookbehind: that one takes half of a character beyond U+FFFF for a whole one. */
  private static final Predicate<String> JOINED =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}_#&/]").asMatchPredicate();

  /** Finds the tags of a body, in their order. */
  public static List<Hashtag> in(String body) {
    if (body.indexOf('#') < 0) {
      return List.of();
    }
    return TAG.matcher(body)
        .results()
        .filter(r -> !isJoined(body, r.start()))
        .map(r -> new Hashtag(r.start(), r.end(), r.group(1).toLowerCase(Locale.ROOT)))
        .toList();
  }

  private static boolean isJoined(String body, int start) {
    return start > 0 && JOINED.test(Character.toString(body.codePointBefore(start)));
  }

  /**
   * Reads a text that is a tag and nothing else, like {@code #cats}; bodies are compared in NFC.
   */
  public static Optional<Hashtag> parse(String text) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
    return in(normal).stream().filter(t -> t.start == 0 && t.end == normal.length()).findFirst();
  }
}
