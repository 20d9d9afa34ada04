package meower.schema;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an operator asks of the command service over NATS: take these meows back, for ever. The
 * answer is a {@link RemovalResult}. Asked again, it changes nothing more.
 *
 * @param meows ids, at most {@value #MOST}
 * @param operator who asks, for the log
 * @param reason why, for the log; may be empty
 */
public record RemovalRequest(List<String> meows, String operator, String reason) {

  /** The subject of the request, outside of what any stream takes in. */
  public static final String SUBJECT = "command.remove";

  /** The subject that asks what the request would do; it does nothing. */
  public static final String CHECK = "command.removal-check";

  /** So many meows are removed together. */
  public static final int MOST = 1_000;

  private static final JsonMapper MAPPER = JsonMapper.shared();

  public RemovalRequest {
    meows = List.copyOf(meows);
  }

  /** Reads the JSON form. */
  public static RemovalRequest decode(byte[] json) {
    return MAPPER.readValue(json, RemovalRequest.class);
  }

  /** Returns the JSON form. */
  public byte[] encode() {
    return MAPPER.writeValueAsBytes(this);
  }
}
