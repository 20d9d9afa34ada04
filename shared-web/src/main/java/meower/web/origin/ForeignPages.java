package meower.web.origin;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Tells whether a page of another site sends a request, perhaps behind its visitor's back.
 *
 * <p>The proxy decides for all who come through it, also whom the operator lets in, and passes on
 * no header that speaks of pages. What is left are those who come to a service directly: no page of
 * another site has anything to do there.
 */
public final class ForeignPages {

  private static final String SITE = "Sec-Fetch-Site";

  private ForeignPages() {}

  /** Tells whether one sent it. What is no browser says nothing of itself. */
  public static boolean sent(HttpHeaders headers) {
    @Nullable String site = headers.getFirst(SITE);
    if ("same-origin".equals(site) || "none".equals(site)) {
      return false;
    }
    @Nullable String text = headers.getOrigin();
    if (text == null) {
      return site != null;
    }
    @Nullable Origin origin = Origin.parse(text);
    @Nullable String host = headers.getFirst(HttpHeaders.HOST);
    return origin == null || host == null || !origin.isAt(host);
  }
}
