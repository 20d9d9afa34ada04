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
    return MAPPER.writeValueAsBytes(EventJson.of(event));
  }

  /** Returns the subject under which the event is published. */
  public static String subjectOf(MeowEvent event) {
    return switch (event) {
      case MeowCreated _ -> MeowStream.CREATED;
      case MeowEdited _ -> MeowStream.EDITED;
      case MeowDeleted _ -> MeowStream.DELETED;
    };
  }

  /**
   * Reads the payload of a message.
   *
   * @param subject the subject on which it came
   * @throws MalformedEventException if the subject is unknown or the payload is not such an event
   */
  public static MeowEvent decode(String subject, byte[] payload) throws MalformedEventException {
    try {
      return switch (subject) {
        case MeowStream.CREATED -> read(payload).created();
        case MeowStream.EDITED -> read(payload).edited();
        case MeowStream.DELETED -> read(payload).deleted();
        default -> throw new MalformedEventException("unknown subject " + subject, null);
      };
    } catch (JacksonException | IllegalArgumentException | DateTimeParseException e) {
      throw new MalformedEventException("not a " + subject + " event", e);
    }
  }

  private static EventJson read(byte[] payload) throws MalformedEventException {
    @Nullable EventJson event = MAPPER.readValue(payload, EventJson.class);
    if (event == null) {
      throw new MalformedEventException("the payload is null", null);
    }
    return event;
  }

  /** All events have their fields from here, in this order. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record EventJson(
      @Nullable String id,
      @Nullable Integer revision,
      @Nullable String body,
      @JsonProperty("created_at") @Nullable String createdAt,
      @JsonProperty("edited_at") @Nullable String editedAt,
      @JsonProperty("deleted_at") @Nullable String deletedAt,
      @Nullable String by) {

    @JsonCreator
    EventJson {}

    static EventJson of(MeowEvent event) {
      return switch (event) {
        case MeowCreated(MeowId id, String body, Instant createdAt) ->
            new EventJson(id.value(), null, body, createdAt.toString(), null, null, null);
        case MeowEdited(
                MeowId id,
                int revision,
                String body,
                Instant createdAt,
                Instant editedAt) ->
            new EventJson(
                id.value(), revision, body, createdAt.toString(), editedAt.toString(), null, null);
        case MeowDeleted(
                MeowId id,
                int revision,
                Instant createdAt,
                Instant deletedAt,
                DeletedBy by) ->
            new EventJson(
                id.value(),
                revision,
                null,
                createdAt.toString(),
                null,
                deletedAt.toString(),
                by.text());
      };
    }

    MeowCreated created() {
      return new MeowCreated(meow(), required("body", body), instant("created_at", createdAt));
    }

    MeowEdited edited() {
      return new MeowEdited(
          meow(),
          required("revision", revision),
          required("body", body),
          instant("created_at", createdAt),
          instant("edited_at", editedAt));
    }

    MeowDeleted deleted() {
      return new MeowDeleted(
          meow(),
          required("revision", revision),
          instant("created_at", createdAt),
          instant("deleted_at", deletedAt),
          DeletedBy.parse(required("by", by))
              .orElseThrow(() -> new IllegalArgumentException("nobody is called so")));
    }

    private MeowId meow() {
      return new MeowId(required("id", id));
    }

    private static Instant instant(String field, @Nullable String text) {
      return Instant.parse(required(field, text));
    }

    private static <T> T required(String field, @Nullable T value) {
      if (value == null) {
        throw new IllegalArgumentException(field + " is required");
      }
      return value;
    }
  }
}
