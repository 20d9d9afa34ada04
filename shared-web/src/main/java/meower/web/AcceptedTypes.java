package meower.web;

import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * Has the framework read the header {@code Accept} as {@link AcceptHeader} does, where it chooses
 * among controllers by what they make. By itself it would refuse everything for one range that it
 * cannot read.
 */
final class AcceptedTypes implements ContentNegotiationStrategy {

  /** With no type at all the framework would find nobody to tell what is wrong either. */
  private static final List<MediaType> PROBLEM = List.of(MediaType.APPLICATION_PROBLEM_JSON);

  @Override
  public List<MediaType> resolveMediaTypes(NativeWebRequest request) {
    String[] values = request.getHeaderValues(HttpHeaders.ACCEPT);
    AcceptHeader accept = AcceptHeader.of(values == null ? List.of() : Arrays.asList(values));
    if (accept.isEmpty()) {
      return MEDIA_TYPE_ALL_LIST;
    }
    List<MediaType> wanted = accept.wanted();
    return wanted.isEmpty() ? PROBLEM : wanted;
  }
}
