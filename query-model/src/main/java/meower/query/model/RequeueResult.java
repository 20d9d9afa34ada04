package meower.query.model;

import tools.jackson.databind.json.JsonMapper;

/**
 * What has become of a dead letter that was tried again.
 *
 * @param indexed whether every index has the meow now; the letter is deleted then
 * @param reason otherwise, why it stays parked
 */
public record RequeueResult(boolean indexed, String reason) {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  /** Reads the JSON form. */
  public static RequeueResult decode(byte[] json) {
    return MAPPER.readValue(json, RequeueResult.class);
  }

  /** Returns the JSON form. */
  public byte[] encode() {
    return MAPPER.writeValueAsBytes(this);
  }
}
