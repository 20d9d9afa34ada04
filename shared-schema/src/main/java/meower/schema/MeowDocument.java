package meower.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A meow as the index holds it, see the query service's {@code meows-v1.json}.
 *
 * @param sequence the stream sequence: the order of the timeline
 * @param createdAt RFC 3339, as the event says it
 * @param body as it was posted, for showing
 * @param text the {@link FoldedText} of the body, for finding
 * @param tags the folded names of its hashtags
 */
public record MeowDocument(
    String id,
    long sequence,
    @JsonProperty("created_at") String createdAt,
    String body,
    String text,
    List<String> tags) {

  /** Returns the document of a meow at a sequence of the stream. */
  public static MeowDocument of(MeowCreated meow, long sequence) {
    return new MeowDocument(
        meow.id().value(),
        sequence,
        meow.createdAt().toString(),
        meow.body(),
        FoldedText.of(meow.body()).text(),
        Hashtag.in(meow.body()).stream()
            .map(t -> FoldedText.of(t.name()).text())
            .distinct()
            .toList());
  }
}
