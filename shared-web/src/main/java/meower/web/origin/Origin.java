package meower.web.origin;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page comes from (RFC 6454). Whether it says the port that its scheme has anyway makes no
 * difference; browsers leave it out, some proxies put it into the Host header.
 *
 * @param scheme in lower case
 * @param host in lower case, an IPv6 address in its brackets
 */
record Origin(String scheme, String host, int port) {

  private static final Pattern FORM =
      Pattern.compile(
          "(https?)://(\\[[0-9a-f:.]+]|[^\\[\\]:/?#@\\s]+)(?::([0-9]{0,5}))?",
          Pattern.CASE_INSENSITIVE);

  /** Returns nothing for what is no origin of the web, such as {@code null}. */
  static @Nullable Origin parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    String host = matcher.group(2).toLowerCase(Locale.ROOT);
    @Nullable String port = matcher.group(3);
    return new Origin(
        scheme,
        host,
        port == null || port.isEmpty() ? defaultPort(scheme) : Integer.parseInt(port));
  }

  /**
   * Tells whether a request with this Host header was sent to the origin. The scheme of the request
   * says nothing: a proxy that ends TLS changes it on the way.
   */
  boolean isAt(String hostHeader) {
    return equals(parse(scheme + "://" + hostHeader));
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }
}
