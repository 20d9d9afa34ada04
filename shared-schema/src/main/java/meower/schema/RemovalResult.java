package meower.schema;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What has become of a {@link RemovalRequest}.
 *
 * @param removed how many meows are deleted now
 * @param before how many had been deleted before
 * @param unknown ids of which there is no meow
 */
public record RemovalResult(int removed, int before, List<String> unknown) {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  public RemovalResult {
    unknown = List.copyOf(unknown);
  }

  /** Reads the JSON form. */
  public static RemovalResult decode(byte[] json) {
    return MAPPER.readValue(json, RemovalResult.class);
  }

  /** Returns the JSON form. */
  public byte[] encode() {
    return MAPPER.writeValueAsBytes(this);
  }
}
