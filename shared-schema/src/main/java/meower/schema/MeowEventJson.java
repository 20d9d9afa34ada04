package meower.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as UTF-8 JSON, the form in which the stream holds them.
 *
 * <p>Readers ignore fields that they do not know; a writer only ever adds optional ones. The golden
 * files in the tests are the contract.
 */
public final class MeowEventJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private MeowEventJson() {}

  /** Returns the payload of the message that carries the event. */
  public static byte[] encode(MeowEvent event) {
    return switch (event) {
      case MeowCreated created -> MAPPER.writeValueAsBytes(CreatedJson.of(created));
    };
  }

  /** Returns the subject under which the event is published. */
  public static String subjectOf(MeowEvent event) {
    return switch (event) {
      case MeowCreated _ -> MeowStream.CREATED;
    };
  }

  /**
   * Reads the payload of a message.
   *
   * @param subject the subject on which it came
   * @throws MalformedEventException if the subject is unknown or the payload is not such an event
   */
  public static MeowEvent decode(String subject, byte[] payload) throws MalformedEventException {
    if (!subject.equals(MeowStream.CREATED)) {
      throw new MalformedEventException("unknown subject " + subject, null);
    }
    try {
      @Nullable CreatedJson created = MAPPER.readValue(payload, CreatedJson.class);
      if (created == null) {
        throw new MalformedEventException("the payload is null", null);
      }
      return created.toEvent();
    } catch (JacksonException | IllegalArgumentException | DateTimeParseException e) {
      throw new MalformedEventException("not a meow.created event", e);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record CreatedJson(
      @Nullable String id,
      @Nullable String body,
      @JsonProperty("created_at") @Nullable String createdAt) {

    @JsonCreator
    CreatedJson {}

    static CreatedJson of(MeowCreated created) {
      return new CreatedJson(created.id().value(), created.body(), created.createdAt().toString());
    }

    MeowCreated toEvent() {
      if (id == null || body == null || createdAt == null) {
        throw new IllegalArgumentException("id, body and created_at are required");
      }
      return new MeowCreated(new MeowId(id), body, Instant.parse(createdAt));
    }
  }
}
