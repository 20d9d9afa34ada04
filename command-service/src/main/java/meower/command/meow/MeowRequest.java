package meower.command.meow;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import meower.command.text.TypedText;
import meower.web.ContentCoding;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what somebody wants to say from each of the three forms of a post: JSON, a form, or the
 * query parameter with an empty request body, as the original client sends it.
 *
 * <p>The servlet container would decode parameters as well, but turns bytes that are no UTF-8 into
 * replacement characters; here nothing is changed silently.
 */
@Component
public class MeowRequest {

  private static final int MAX_BYTES = 16 * 1024;

  private final JsonMapper json;

  MeowRequest(JsonMapper json) {
    this.json = json;
  }

  /**
   * Returns what was typed, from the field {@code body}.
   *
   * @throws ProblemException 400, 413 or 415 if there is none to be had
   */
  public TypedText read(HttpServletRequest request) throws IOException {
    return TypedText.of(body(request));
  }

  private String body(HttpServletRequest request) throws IOException {
    byte[] content = request.getInputStream().readNBytes(MAX_BYTES + 1);
    if (content.length > MAX_BYTES) {
      throw ProblemException.tooLarge();
    }
    if (content.length == 0) {
      return fromPairs(request.getQueryString());
    }
    ContentCoding.requireNone(request);
    MediaType type = contentType(request);
    if (type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
      return fromJson(utf8(content));
    }
    if (type.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED)) {
      return fromPairs(utf8(content));
    }
    throw unsupported();
  }

  private String fromJson(String text) {
    try {
      JsonNode body = json.readTree(text).path("body");
      if (body.isString()) {
        return body.stringValue();
      }
    } catch (JacksonException e) {
      throw ProblemException.malformed(
          "The request body is not valid JSON: send {\"body\": \"your meow\"}.");
    }
    throw ProblemException.malformed(
        "Send a JSON object with the text in its field body: {\"body\": \"…\"}.");
  }

  private static String fromPairs(@Nullable String pairs) {
    if (pairs == null) {
      throw missing();
    }
    for (String pair : pairs.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && unescape(pair.substring(0, equals)).equals("body")) {
        return unescape(pair.substring(equals + 1));
      }
    }
    throw missing();
  }

  private static String unescape(String escaped) {
    byte[] raw = escaped.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(raw.length);
    for (int i = 0; i < raw.length; i++) {
      switch (raw[i]) {
        case '+' -> bytes.put((byte) ' ');
        case '%' -> {
          bytes.put(hexPair(raw, i + 1));
          i += 2;
        }
        default -> bytes.put(raw[i]);
      }
    }
    return utf8(bytes.flip());
  }

  private static byte hexPair(byte[] raw, int at) {
    int high = at < raw.length ? Character.digit(raw[at], 16) : -1;
    int low = at + 1 < raw.length ? Character.digit(raw[at + 1], 16) : -1;
    if (high < 0 || low < 0) {
      throw ProblemException.malformed(
          "A % is to be followed by two hexadecimal digits; a real % is sent as %25.");
    }
    return (byte) (high * 16 + low);
  }

  private static String utf8(byte[] bytes) {
    return utf8(ByteBuffer.wrap(bytes));
  }

  private static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw ProblemException.malformed("The text is not valid UTF-8: send it in this encoding.");
    }
  }

  private static MediaType contentType(HttpServletRequest request) {
    String header = request.getContentType();
    if (header == null) {
      throw unsupported();
    }
    try {
      MediaType type = MediaType.parseMediaType(header);
      if (type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset())) {
        return type;
      }
    } catch (InvalidMediaTypeException e) {
      throw unsupported();
    }
    throw unsupported();
  }

  private static ProblemException missing() {
    return ProblemException.malformed(
        "Say something: send JSON {\"body\": \"…\"}, a form with body=…, or the query parameter body.");
  }

  private static ProblemException unsupported() {
    return ProblemException.unsupportedMediaType(
        "Send application/json or application/x-www-form-urlencoded, in UTF-8.");
  }
}
