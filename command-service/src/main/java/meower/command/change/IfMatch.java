package meower.command.change;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.web.ProblemException;
import org.springframework.http.HttpHeaders;

/**
 * Which revisions a request may replace (RFC 9110, section 13.1.1).
 *
 * @param revisions empty when any may be replaced
 */
record IfMatch(Optional<Set<Integer>> revisions) {

  /** Whatever is there may be replaced: the last one wins. */
  static final IfMatch ANY = new IfMatch(Optional.empty());

  private static final Pattern TAG = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern LIST = Pattern.compile("\\s*\"[^\"]*\"\\s*(,\\s*\"[^\"]*\"\\s*)*");
  private static final Pattern REVISION = Pattern.compile("[1-9][0-9]{0,4}");

  /**
   * Reads the header of a request.
   *
   * @throws ProblemException 400 if it is not of its form
   */
  static IfMatch of(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders(HttpHeaders.IF_MATCH));
    return values.isEmpty() ? ANY : parse(String.join(",", values));
  }

  /** Reads the value of the header. A tag that no revision has matches none. */
  static IfMatch parse(String value) {
    if (value.strip().equals("*")) {
      return ANY;
    }
    if (!LIST.matcher(value).matches()) {
      throw ProblemException.badParameter(
          HttpHeaders.IF_MATCH,
          "If-Match is the revision that you have seen, in quotation marks, for example \"2\".");
    }
    Set<Integer> revisions = new HashSet<>();
    Matcher tags = TAG.matcher(value);
    while (tags.find()) {
      if (REVISION.matcher(tags.group(1)).matches()) {
        revisions.add(Integer.valueOf(tags.group(1)));
      }
    }
    return new IfMatch(Optional.of(Set.copyOf(revisions)));
  }

  boolean allows(int revision) {
    return revisions.map(allowed -> allowed.contains(revision)).orElse(true);
  }
}
