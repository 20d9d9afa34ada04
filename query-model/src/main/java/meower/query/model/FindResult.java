package meower.query.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * A part of what a {@link FindRequest} finds.
 *
 * @param meows newest first; without those that were deleted
 * @param view up to which position all parts show meows: what comes later is in none of them
 * @param next what the request for the next part goes on behind; 0 when this is the last one
 */
public record FindResult(List<Match> meows, String view, long next) {

  /** A meow that is found. */
  public record Match(String id, @JsonProperty("created_at") String createdAt, String body) {}

  private static final JsonMapper MAPPER = JsonMapper.shared();

  public FindResult {
    meows = List.copyOf(meows);
  }

  /** Reads the JSON form. */
  public static FindResult decode(byte[] json) {
    return MAPPER.readValue(json, FindResult.class);
  }

  /** Returns the JSON form. */
  public byte[] encode() {
    return MAPPER.writeValueAsBytes(this);
  }
}
