package meower.standalone.proxy;

import java.util.regex.Pattern;

/**
 * Where to report what is not secure, as {@code /.well-known/security.txt} says it.
 *
 * @param uri a mail address, a page or a telephone number
 */
public record SecurityContact(String uri) {
  /** What else a URI may have could end a line, or a text, of the proxy's configuration. */
  private static final Pattern FORM =
      Pattern.compile("(mailto:[^@]+@|https://|tel:)[0-9a-zA-Z./:@_?=%+~-]+");

  private static final Pattern PLAIN = Pattern.compile("[0-9a-zA-Z./:@_?=%+~-]+");

  /**
   * Takes what somebody has typed.
   *
   * @throws IllegalArgumentException when it is none
   */
  public SecurityContact {
    if (!PLAIN.matcher(uri).matches() || !FORM.matcher(uri).matches()) {
      throw new IllegalArgumentException(
          "a contact is written like mailto:security@meower.example or"
              + " https://meower.example/report, not "
              + uri);
    }
  }

  @Override
  public String toString() {
    return uri;
  }
}
