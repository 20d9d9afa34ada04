package meower.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code #tag} inside a body, after UAX #31.
 *
 * <p>A tag is a number sign of any width, followed by letters, marks, digits or {@code _}, at least
 * one of them a letter or {@code _}. Inside, not at its end, it may have what stands inside of the
 * words of a script, as in {@code #il·lusió}. In front of it is none of these, no {@code &} and no
 * other number sign; what belongs to a link is none.
 *
 * <p>{@code shared-schema/src/test/resources/meower/text/tags.json} has the cases in which the page
 * has to agree.
 *
 * @param start offset of the number sign in the body, in UTF-16 code units
 * @param end offset behind the last character, in UTF-16 code units
 * @param name what it is compared by: the tag without its sign, folded as for the search, and
 *     without what nobody sees
 */
public record Hashtag(int start, int end, String name) {

  private static final String SIGNS = "#＃﹟";

  /** What an address is made of, until something that stands in none or that nobody sees. */
  private static final String LINK =
      "https?://[\\p{L}\\p{M}\\p{N}\\p{IsExtended_Pictographic}\\-._~:/?#\\[\\]@!$&'()*+,;=%·・׳״‐-―"
          + "&&[^\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180D}\\x{180F}\\x{3164}"
          + "\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{E0100}-\\x{E01EF}]]+";

  /** What nobody sees, and the points inside of words of Catalan, Japanese, Hebrew and Tibetan. */
  private static final String MEDIAL = "\u00AD\u200C\u200D\u2060·‧・･゠׳״་";

  private static final String LETTER = "[\\p{L}\\p{M}\\p{N}_]";

  private static final String TAG =
      "[%s](?!\\p{M})(?=[\\p{M}\\p{N}%s]*[\\p{L}_])(%s+(?:[%s]+%s+)*)"
          .formatted(SIGNS, MEDIAL, LETTER, MEDIAL, LETTER);

  private static final Pattern LINK_OR_TAG =
      Pattern.compile(LINK + "|" + TAG, Pattern.CASE_INSENSITIVE);

  /** Pictures end with a selector or a keycap, which are marks and belong to no letter. */
  private static final Pattern JOINED =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}_&" + SIGNS + "&&[^\\x{FE00}-\\x{FE0F}\\p{Me}]]");

  private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}");

  /** Finds the tags of a body, in their order. */
  public static List<Hashtag> in(String body) {
    if (SIGNS.chars().noneMatch(sign -> body.indexOf(sign) >= 0)) {
      return List.of();
    }
    List<Hashtag> tags = new ArrayList<>();
    Matcher matcher = LINK_OR_TAG.matcher(body);
    int from = 0;
    while (matcher.find(from)) {
      from = matcher.end();
      if (matcher.group(1) != null) {
        if (isJoined(body, matcher.start())) {
          from = matcher.start() + 1;
        } else {
          tags.add(of(matcher.toMatchResult()));
        }
      }
    }
    return List.copyOf(tags);
  }

  private static Hashtag of(MatchResult found) {
    String folded = FoldedText.of(found.group(1)).text();
    return new Hashtag(found.start(), found.end(), UNSEEN.matcher(folded).replaceAll(""));
  }

  private static boolean isJoined(String body, int start) {
    return start > 0 && JOINED.matcher(Character.toString(body.codePointBefore(start))).matches();
  }

  /**
   * Reads a text that is a tag and nothing else, like {@code #cats}; bodies are compared in NFC.
   */
  public static Optional<Hashtag> parse(String text) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
    return in(normal).stream().filter(t -> t.start == 0 && t.end == normal.length()).findFirst();
  }
}
