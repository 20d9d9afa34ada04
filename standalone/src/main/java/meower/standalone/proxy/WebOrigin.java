package meower.standalone.proxy;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Of which site a page is, as a browser writes it; {@code *} for all sites.
 *
 * @param text a scheme and a host, and the port if it is not that of the scheme
 */
public record WebOrigin(String text) {
  private static final Pattern FORM =
      Pattern.compile("\\*|https?://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?");

  /**
   * Takes what somebody has typed.
   *
   * @throws IllegalArgumentException when it is none
   */
  public WebOrigin {
    String given = text;
    text =
        text.toLowerCase(Locale.ROOT)
            .replaceFirst("/$", "")
            .replaceFirst("^(http://.+):80$|^(https://.+):443$", "$1$2");
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "an origin is written like https://front.example or http://localhost:3000, not " + given);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
