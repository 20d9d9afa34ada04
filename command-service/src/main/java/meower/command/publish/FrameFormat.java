package meower.command.publish;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How the frames of a socket are written: by its subprotocol. */
enum FrameFormat {

  /** Without a subprotocol: each frame is a body. What somebody types into a terminal. */
  LINES {
    @Override
    PublishFrame read(String frame) {
      return new PublishFrame(null, frame, Optional.empty());
    }
  },

  /** {@value #SUBPROTOCOL}: {@code {"ref", "body", "key"}}. */
  JSON {
    @Override
    PublishFrame read(String frame) {
      JsonNode json = parse(frame);
      @Nullable String ref = text(json, "ref");
      if (ref != null && !isRef(ref)) {
        throw ProblemException.malformed(
            "A ref has at most " + MOST_REF + " characters, none of them half a surrogate pair.");
      }
      @Nullable String body = text(json, "body");
      if (body == null) {
        throw malformed();
      }
      return new PublishFrame(ref, body, Optional.ofNullable(text(json, "key")));
    }

    @Override
    @Nullable String refOf(String frame) {
      try {
        @Nullable String ref = text(parse(frame), "ref");
        return ref == null || !isRef(ref) ? null : ref;
      } catch (ProblemException _) {
        return null; // the frame is refused for that
      }
    }
  };

  static final String SUBPROTOCOL = "meower.publish";

  private static final int MOST_REF = 64;
  private static final JsonMapper MAPPER = JsonMapper.shared();

  static FrameFormat of(@Nullable String subprotocol) {
    return SUBPROTOCOL.equals(subprotocol) ? JSON : LINES;
  }

  /**
   * Reads a frame.
   *
   * @throws ProblemException 400 if it is not of this form
   */
  abstract PublishFrame read(String frame);

  /** Returns the ref of a frame that may be wrong otherwise. */
  @Nullable String refOf(String frame) {
    return null;
  }

  /** JSON can escape what no frame can have. */
  private static boolean isRef(String text) {
    return text.length() <= MOST_REF && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static JsonNode parse(String frame) {
    try {
      JsonNode json = MAPPER.readTree(frame);
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException _) {
      // Said below, in words for who sent it.
    }
    throw malformed();
  }

  private static @Nullable String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw ProblemException.malformed("The field " + field + " is a text: send a JSON string.");
    }
    return value.stringValue();
  }

  private static ProblemException malformed() {
    return ProblemException.malformed(
        "Send a JSON object like {\"ref\": \"1\", \"body\": \"your meow\", \"key\": \"a UUID\"};"
            + " ref and key may be left out.");
  }
}
