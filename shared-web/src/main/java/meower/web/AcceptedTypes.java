package meower.web;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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

  /** Among controllers that all would do it is the one for programs. */
  private static final List<MediaType> ANYTHING =
      List.of(MediaType.APPLICATION_JSON, MediaType.ALL);

  @Override
  public List<MediaType> resolveMediaTypes(NativeWebRequest request) {
    String[] values = request.getHeaderValues(HttpHeaders.ACCEPT);
    AcceptHeader accept = AcceptHeader.of(values == null ? List.of() : Arrays.asList(values));
    if (accept.isEmpty()) {
      return ANYTHING;
    }
    List<MediaType> wanted = accept.wanted().stream().flatMap(AcceptedTypes::spelled).toList();
    return wanted.isEmpty() ? PROBLEM : wanted;
  }

  private static Stream<MediaType> spelled(MediaType range) {
    return MediaType.ALL.equalsTypeAndSubtype(range) ? ANYTHING.stream() : Stream.of(range);
  }
}
