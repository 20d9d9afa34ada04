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
 * Refuses who takes no JSON before a controller does anything.
 *
 * <p>The framework would decide only when the answer is to be written, and by rules of its own: a
 * meow would have been stored by then, or its answer would get the media type of a problem.
 */
final class AcceptInterceptor implements HandlerInterceptor {

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws HttpMediaTypeNotAcceptableException {
    if (!answersResults(handler)) {
      return true;
    }
    List<String> values = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
    if (!AcceptHeader.of(values).allows(MediaType.APPLICATION_JSON)) {
      throw new HttpMediaTypeNotAcceptableException(List.of(MediaType.APPLICATION_JSON));
    }
    // With a type that is there already the framework negotiates no more.
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    return true;
  }

  /**
   * A problem is told in its own media type to everybody. What says of itself what it makes has
   * been negotiated by the framework.
   */
  private static boolean answersResults(Object handler) {
    return handler instanceof HandlerMethod method
        && !ErrorController.class.isAssignableFrom(method.getBeanType())
        && !saysWhatItMakes(method);
  }

  private static boolean saysWhatItMakes(HandlerMethod method) {
    RequestMapping mapping =
        AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
    return mapping != null && mapping.produces().length > 0;
  }
}
