package meower.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a content type with a wildcard. The framework would take it for a mistake of the service
 * as soon as it looks at the headers.
 */
final class ContentTypeFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (hasWildcard(request.getContentType())) {
      response.sendError(HttpStatus.UNSUPPORTED_MEDIA_TYPE.value());
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean hasWildcard(@Nullable String contentType) {
    try {
      return contentType != null
          && contentType.contains("*")
          && !MediaType.parseMediaType(contentType).isConcrete();
    } catch (InvalidMediaTypeException _) {
      return false; // Whoever needs the body refuses it.
    }
  }
}
