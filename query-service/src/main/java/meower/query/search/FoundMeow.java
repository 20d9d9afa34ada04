package meower.query.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import meower.schema.TextRange;

/**
 * A meow that was found.
 *
 * @param matches the parts of the body that are why
 */
record FoundMeow(
    String id,
    String body,
    @JsonProperty("created_at") String createdAt,
    List<TextRange> matches) {}
