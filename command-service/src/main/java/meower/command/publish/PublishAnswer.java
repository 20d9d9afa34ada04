package meower.command.publish;

import meower.command.meow.Meow;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The answer to one frame, as the same request over HTTP would be answered. */
final class PublishAnswer {

  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final int CREATED = 201;

  private PublishAnswer() {}

  /**
   * Says that a meow is kept.
   *
   * @param replayed whether it was already, under the same key
   */
  static String stored(@Nullable String ref, Meow meow, boolean replayed) {
    ObjectNode json = begin(ref, CREATED);
    json.put("id", meow.id().value());
    json.put("created_at", meow.createdAt().toString());
    if (replayed) {
      json.put("replayed", true);
    }
    return json.toString();
  }

  /** Says why nothing was stored, or that this cannot be said. */
  static String refused(@Nullable String ref, ProblemException problem) {
    ProblemDetail body = problem.getBody();
    ObjectNode json = begin(ref, body.getStatus());
    json.put("type", String.valueOf(body.getType()));
    json.put("detail", body.getDetail());
    @Nullable String retryAfter = problem.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
    if (retryAfter != null) {
      json.put("retry_after", Integer.parseInt(retryAfter));
    }
    return json.toString();
  }

  private static ObjectNode begin(@Nullable String ref, int status) {
    ObjectNode json = MAPPER.createObjectNode();
    if (ref != null) {
      json.put("ref", ref);
    }
    return json.put("status", status);
  }
}
