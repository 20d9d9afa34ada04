package meower.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts the request id that nginx gave into every log line of the request, as {@code request_id}.
 *
 * <p>nginx also writes it to its access log and into the answer, so one id finds all three.
 */
final class RequestIdFilter extends OncePerRequestFilter {

  private static final String MDC_KEY = "request_id";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<String> id = RequestId.of(request);
    if (id.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    try (MDC.MDCCloseable _ = MDC.putCloseable(MDC_KEY, id.get())) {
      chain.doFilter(request, response);
    }
  }
}
