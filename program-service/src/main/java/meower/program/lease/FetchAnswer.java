package meower.program.lease;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes what was fetched: bodies that are JSON as they are, without reading them again. */
final class FetchAnswer {

  private static final JsonMapper JSON = JsonMapper.shared();

  private FetchAnswer() {}

  /**
   * Writes the answer.
   *
   * <p>The headers go first, by themselves. A connection that the other side has closed takes the
   * first thing that is written and refuses the second one: so it is noticed here, as far as it can
   * be noticed at all.
   *
   * @throws IOException if the connection is broken
   */
  static void write(List<LeasedMessage> messages, HttpServletResponse response) throws IOException {
    byte[] answer = bytes(messages);
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(answer.length);
    response.flushBuffer();
    response.getOutputStream().write(answer);
    response.flushBuffer();
  }

  private static byte[] bytes(List<LeasedMessage> messages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("messages");
      messages.forEach(message -> write(message, json));
      json.writeEndArray();
      json.writeEndObject();
    } catch (JacksonException e) {
      throw new IOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(LeasedMessage message, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("id", message.id());
    switch (message.form()) {
      case JSON -> {
        json.writeName("body");
        json.writeRawValue(new String(message.body(), StandardCharsets.UTF_8));
      }
      case TEXT ->
          json.writeStringProperty("body", new String(message.body(), StandardCharsets.UTF_8));
      case BYTES -> {
        json.writeName("base64");
        json.writeBinary(message.body());
      }
    }
    json.writeStringProperty("content_type", message.contentType());
    json.writeStringProperty("published_at", message.publishedAt().toString());
    json.writeNumberProperty("delivery", message.delivery());
    json.writeStringProperty("lease", message.lease().toString());
    json.writeStringProperty("lease_until", message.until().toString());
    json.writeEndObject();
  }
}
