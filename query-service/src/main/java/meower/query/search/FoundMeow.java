package meower.query.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import meower.text.TextRange;
import org.jspecify.annotations.Nullable;

/**
 * A meow that was found.
 *
 * @param revision how often it was written, 2 or more; nothing when it is as it was posted
 * @param editedAt when it was written for the last time, if it is not as it was posted
 * @param matches the parts of the body that are why
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FoundMeow(
    String id,
    String body,
    @JsonProperty("created_at") String createdAt,
    @Nullable Integer revision,
    @JsonProperty("edited_at") @Nullable String editedAt,
    List<TextRange> matches) {}
