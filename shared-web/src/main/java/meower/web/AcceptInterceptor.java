package meower.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses who takes nothing of what a controller makes, before it does anything: JSON, or what its
 * mapping says it produces.
 *
 * <p>The framework would decide only when the answer is to be written, and by rules of its own: a
 * meow would have been stored by then, or its answer would get the media type of a problem.
 */
final class AcceptInterceptor implements HandlerInterceptor {

  private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws HttpMediaTypeNotAcceptableException {
    if (!(handler instanceof HandlerMethod method) || tellsProblems(method)) {
      return true;
    }
    List<MediaType> made = madeBy(method);
    List<String> values = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
    if (made.stream().noneMatch(AcceptHeader.of(values)::allows)) {
      throw new HttpMediaTypeNotAcceptableException(made);
    }
    if (made.equals(JSON)) {
      // With a type that is there already the framework negotiates no more.
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    }
    return true;
  }

  /** A problem is told in its own media type to everybody. */
  private static boolean tellsProblems(HandlerMethod method) {
    return ErrorController.class.isAssignableFrom(method.getBeanType());
  }

  private static List<MediaType> madeBy(HandlerMethod method) {
    RequestMapping mapping =
        AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
    return mapping == null || mapping.produces().length == 0
        ? JSON
        : MediaType.parseMediaTypes(List.of(mapping.produces()));
  }
}
