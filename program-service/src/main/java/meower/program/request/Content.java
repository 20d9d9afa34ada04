package meower.program.request;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import meower.web.ContentCoding;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** What requests carry. */
public final class Content {

  /** Numbers stay as they are written, and a name that comes twice is a mistake. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Content() {}

  /**
   * Returns the bytes of a request.
   *
   * @param most so many it may have
   * @param what is too large if it has more, and what to do then
   * @throws ProblemException 413 if it has more, 415 if it is compressed
   */
  public static byte[] bytes(HttpServletRequest request, int most, String what) throws IOException {
    ContentCoding.requireNone(request);
    byte[] content = request.getInputStream().readNBytes(most + 1);
    if (content.length > most) {
      throw tooLarge(what);
    }
    return content;
  }

  /** The answer to more than may be sent at once. */
  public static ProblemException tooLarge(String what) {
    return new ProblemException(
        HttpStatus.CONTENT_TOO_LARGE, "too-large", "The request is too large", what);
  }

  /**
   * Returns the JSON of a request.
   *
   * @throws ProblemException 400 if it is none, 413 or 415 if it cannot be read
   */
  public static JsonNode json(HttpServletRequest request, int most, String what)
      throws IOException {
    return json(bytes(request, most, what), request.getContentType());
  }

  /**
   * Returns the JSON that these bytes are.
   *
   * @param type as the request says it, if it does
   * @throws ProblemException 400 if they are none, 415 if they are said to be something else
   */
  public static JsonNode json(byte[] content, @Nullable String type) {
    if (type != null && !isJson(type)) {
      throw ProblemException.unsupportedMediaType("Send application/json, in UTF-8.");
    }
    return text(content).flatMap(Content::parse).orElseThrow(Content::noJson);
  }

  /** The answer to what should be JSON and is not. */
  private static ProblemException noJson() {
    return ProblemException.malformed("The request body is not valid JSON, in UTF-8.");
  }

  /** Returns the value, if this is one JSON value and nothing else. */
  public static Optional<JsonNode> parse(String text) {
    try {
      JsonNode value = JSON.readTree(text);
      return value.isMissingNode() ? Optional.empty() : Optional.of(value);
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  /** Returns the text, if it is valid UTF-8. */
  public static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /** Writes a value as it was read; nothing if a text in it is {@linkplain #utf8 none}. */
  public static Optional<byte[]> write(JsonNode value) {
    return utf8(JSON.writeValueAsString(value));
  }

  /** Returns a text in UTF-8; nothing if it has half a surrogate pair, which stands for nothing. */
  public static Optional<byte[]> utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return Optional.of(bytes);
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /** Whether this content type says that it is JSON, in UTF-8. */
  public static boolean isJson(String contentType) {
    try {
      MediaType type = MediaType.parseMediaType(contentType);
      boolean named =
          type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
              || type.getSubtype().endsWith("+json");
      return named
          && (type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset()));
    } catch (InvalidMediaTypeException _) {
      return false;
    }
  }
}
