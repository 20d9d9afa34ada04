package meower.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import meower.web.origin.ForeignPages;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses what a page of another site would have its visitor change. */
final class ForeignPageFilter extends OncePerRequestFilter {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (READING.contains(request.getMethod())
        || !ForeignPages.sent(new ServletServerHttpRequest(request).getHeaders())) {
      chain.doFilter(request, response);
    } else {
      ServletServerHttpResponse answer = new ServletServerHttpResponse(response);
      ProblemAnswer.write(ProblemException.foreignOrigin(), answer);
      answer.close();
    }
  }
}
