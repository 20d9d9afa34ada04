package meower.web;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives what the container refuses by itself, before any filter sees it, the same form: a request
 * that is no HTTP would otherwise be answered with a page of the container's own.
 *
 * <p>The container makes it by its class name.
 */
public final class ProblemReportValve extends ErrorReportValve {

  private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);

  private static final String RETRY_AFTER = "1";

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    if (response.getStatus() < HttpStatus.BAD_REQUEST.value()
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    ProblemDetail problem = problem(request, response, failure);
    response.setStatus(problem.getStatus());
    response.setHeader(HttpHeaders.CACHE_CONTROL, ProblemAnswer.CACHE_CONTROL);
    if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
      response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
    }
    try {
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      write(response, JsonMapper.shared().writeValueAsString(fields(problem)));
    } catch (IOException | IllegalStateException e) {
      log.debug("request=abandoned", e);
    }
  }

  private static ProblemDetail problem(
      Request request, Response response, @Nullable Throwable failure) {
    if (isUnread(request)) {
      return Problems.stopping();
    }
    boolean hasAddress = !request.getCoyoteRequest().requestURI().isNull();
    return new ContainerRefusal(response.getStatus(), failure, hasAddress).problem();
  }

  /**
   * A connector that is paused after the first line of a request leaves its headers unread, and
   * then finds that they name no host.
   */
  private static boolean isUnread(Request request) {
    return request.getCoyoteRequest().getMimeHeaders().size() == 0
        && request.getConnector().getProtocolHandler() instanceof AbstractProtocol<?> protocol
        && protocol.isPaused();
  }

  private static void write(Response response, String json) throws IOException {
    PrintWriter writer = response.getReporter();
    // There is none when the connection is of no use any more.
    if (writer != null) {
      writer.write(json);
      response.finishResponse();
    }
  }

  private static Map<String, Object> fields(ProblemDetail problem) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", String.valueOf(problem.getType()));
    fields.put("title", String.valueOf(problem.getTitle()));
    fields.put("status", problem.getStatus());
    fields.put("detail", String.valueOf(problem.getDetail()));
    return fields;
  }
}
