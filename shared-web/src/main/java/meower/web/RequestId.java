package meower.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name that nginx has given a request; it stands in the answer, too. */
public final class RequestId {

  static final String HEADER = "X-Request-Id";
  private static final Pattern FORM = Pattern.compile("[0-9A-Za-z_-]{1,64}");

  private RequestId() {}

  /** Returns it; nothing if there is none, or one that nginx would not give. */
  public static Optional<String> of(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(HEADER)).filter(id -> FORM.matcher(id).matches());
  }
}
