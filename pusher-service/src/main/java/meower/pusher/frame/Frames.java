package meower.pusher.frame;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.Position;
import meower.text.TextRange;
import tools.jackson.databind.json.JsonMapper;

/** The text frames that a browser gets; the golden files in the tests are the contract. */
public final class Frames {

  private static final int MEOW = 1;
  private static final int HELLO = 2;
  private static final int GAP = 3;
  private static final int EDITED = 4;
  private static final int DELETED = 5;
  private static final int ONLINE = 6;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Frames() {}

  /** A meow was created. */
  public static String meow(MeowCreated meow, Position position) {
    return encode(
        new MeowFrame(
            MEOW,
            meow.id().value(),
            meow.body(),
            meow.createdAt().toString(),
            position.toString()));
  }

  /** A meow got another text. */
  public static String edited(MeowEdited meow, Position position) {
    return encode(
        new EditedFrame(
            EDITED,
            meow.id().value(),
            meow.body(),
            meow.createdAt().toString(),
            meow.editedAt().toString(),
            meow.revision(),
            position.toString()));
  }

  /** A meow was taken back: whoever has it removes it. */
  public static String deleted(MeowDeleted meow, Position position) {
    return encode(
        new DeletedFrame(
            DELETED,
            meow.id().value(),
            meow.deletedAt().toString(),
            meow.by().text(),
            position.toString()));
  }

  /** Returns the frame of a meow with a text for a reader whose search has found it. */
  public static String withMatches(String frame, List<TextRange> matches) {
    String open = frame.substring(0, frame.length() - 1);
    return open + ",\"matches\":" + MAPPER.writeValueAsString(matches) + "}";
  }

  /** Returns the text of the meow that a frame of a creation or of an edit has. */
  public static String body(String frame) {
    return MAPPER.readTree(frame).required("body").stringValue();
  }

  /** The first frame of a connection: the feed starts right after the position. */
  static String hello(Position position, boolean resumed) {
    return encode(new HelloFrame(HELLO, position.toString(), resumed));
  }

  /** The connection was too slow: the meows after {@code from} up to {@code to} were left out. */
  public static String gap(Position from, Position to) {
    return encode(new GapFrame(GAP, from.toString(), to.toString()));
  }

  /** So many browsers are connected. */
  static String online(int connections) {
    return encode(new OnlineFrame(ONLINE, connections));
  }

  private static String encode(Object frame) {
    return MAPPER.writeValueAsString(frame);
  }

  @JsonPropertyOrder({"kind", "id", "body", "created_at", "position"})
  private record MeowFrame(
      int kind,
      String id,
      String body,
      @JsonProperty("created_at") String createdAt,
      String position) {}

  @JsonPropertyOrder({"kind", "id", "body", "created_at", "edited_at", "revision", "position"})
  private record EditedFrame(
      int kind,
      String id,
      String body,
      @JsonProperty("created_at") String createdAt,
      @JsonProperty("edited_at") String editedAt,
      int revision,
      String position) {}

  @JsonPropertyOrder({"kind", "id", "deleted_at", "by", "position"})
  private record DeletedFrame(
      int kind,
      String id,
      @JsonProperty("deleted_at") String deletedAt,
      String by,
      String position) {}

  @JsonPropertyOrder({"kind", "position", "resumed"})
  private record HelloFrame(int kind, String position, boolean resumed) {}

  @JsonPropertyOrder({"kind", "online"})
  private record OnlineFrame(int kind, int online) {}

  @JsonPropertyOrder({"kind", "from", "to"})
  private record GapFrame(int kind, String from, String to) {}
}
