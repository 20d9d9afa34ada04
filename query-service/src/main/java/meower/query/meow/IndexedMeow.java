package meower.query.meow;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import meower.query.model.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * What the index holds of a meow, without what it is found by.
 *
 * @param sequence its place in the timeline
 * @param version the sequence of its latest event, if that is another one
 * @param earlier those of the events before
 */
public record IndexedMeow(
    String id,
    long sequence,
    @JsonProperty("created_at") String createdAt,
    @Nullable String body,
    @Nullable Integer revision,
    @JsonProperty("edited_at") @Nullable String editedAt,
    @JsonProperty("deleted_at") @Nullable String deletedAt,
    @Nullable String by,
    @Nullable Long version,
    @Nullable List<Long> earlier) {

  /** What the index is asked for. */
  public static final List<String> FIELDS = JsonFields.of(IndexedMeow.class);

  /** One without a text was deleted: every other one has some. */
  public MeowNow now() {
    String text = body;
    return text == null
        ? new DeletedMeow(id, deletedAt, by)
        : new TimelineMeow(id, text, createdAt, revision, editedAt);
  }

  /** Returns the sequences of all its events, in their order. */
  public List<Long> sequences() {
    List<Long> all = new ArrayList<>(earlier == null ? List.of() : earlier);
    all.add(version == null ? sequence : version);
    return all;
  }
}
