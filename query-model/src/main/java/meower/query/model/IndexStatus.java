package meower.query.model;

import tools.jackson.databind.json.JsonMapper;

/**
 * How the indexes of the query service stand.
 *
 * @param read the name of the index that readers read, empty if there is none
 * @param target the name of the index that readers read or will follow to
 * @param filled the sequence up to which the target has everything
 * @param last the newest sequence of the stream
 */
public record IndexStatus(State state, String read, String target, long filled, long last) {

  /** What happens to the target. */
  public enum State {
    /** Readers read it. */
    READ,
    /** It is being filled. */
    FILLING,
    /** It is being filled, and readers wait until the stream is whole again. */
    WAITING,
    /** It was filled and lacks meows, so readers stay where they are. */
    REFUSED
  }

  private static final JsonMapper MAPPER = JsonMapper.shared();

  /** Reads the JSON form. */
  public static IndexStatus decode(byte[] json) {
    return MAPPER.readValue(json, IndexStatus.class);
  }

  /** Returns the JSON form. */
  public byte[] encode() {
    return MAPPER.writeValueAsBytes(this);
  }
}
