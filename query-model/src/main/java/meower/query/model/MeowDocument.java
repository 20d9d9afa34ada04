package meower.query.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import meower.schema.DeletedBy;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import meower.text.FoldedText;
import meower.text.Hashtag;
import meower.text.Name;
import meower.text.Token;
import meower.text.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * A meow as the index holds it, see {@code meows-v4.json} of the query service.
 *
 * <p>One that nobody has touched since it was posted has only what it was posted with: what comes
 * behind the tags is there from the first edit or deletion on. One that was deleted keeps its id
 * and its place, and has no text.
 *
 * @param sequence the place in the timeline: the sequence of the meow's first event in the stream
 * @param createdAt RFC 3339, as the event says it
 * @param body as it was written, for showing; nothing when it was deleted, as the next two
 * @param words the {@link Tokens} of the body with spaces between them, for finding
 * @param names the {@link Name}s in the body; nothing when there are none
 * @param tags the folded names of its hashtags
 * @param revision that of the latest event; nothing is 1
 * @param gone whether it was deleted; nothing is no
 * @param by who deleted it
 * @param version the sequence of the latest event; nothing is that of the first one
 * @param earlier the sequences of the events before the latest one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MeowDocument(
    String id,
    long sequence,
    @JsonProperty("created_at") String createdAt,
    @Nullable String body,
    @Nullable String words,
    @Nullable List<String> names,
    @Nullable List<String> tags,
    @Nullable Integer revision,
    @JsonProperty("edited_at") @Nullable String editedAt,
    @Nullable Boolean gone,
    @JsonProperty("deleted_at") @Nullable String deletedAt,
    @Nullable String by,
    @Nullable Long version,
    @Nullable List<Long> earlier) {

  /** All that a document can have. */
  public static final Set<String> FIELDS = Set.copyOf(JsonFields.of(MeowDocument.class));

  /** Returns the document of a meow that was posted, at a sequence of the stream. */
  public static MeowDocument of(MeowCreated meow, long sequence) {
    String folded = FoldedText.of(meow.body()).text();
    return new MeowDocument(
        meow.id().value(),
        sequence,
        meow.createdAt().toString(),
        meow.body(),
        words(folded),
        names(folded),
        tags(meow.body()),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * Returns the document of a meow as it is after an event.
   *
   * @param sequence that of the event
   * @param earlier those of the meow's events before
   */
  public static MeowDocument of(MeowEvent event, long sequence, EarlierSequences earlier) {
    return switch (event) {
      case MeowCreated created -> of(created, sequence);
      case MeowEdited edited -> of(edited, sequence, earlier);
      case MeowDeleted deleted -> of(deleted, sequence, earlier);
    };
  }

  /** Returns the meow's latest event; nothing if there is none of which this is the document. */
  public Optional<MeowEvent> event() {
    try {
      MeowEvent event = latest();
      EarlierSequences before =
          new EarlierSequences(Objects.requireNonNullElse(earlier, List.of()));
      MeowDocument made = of(event, Objects.requireNonNullElse(version, sequence), before);
      return made.equals(this) ? Optional.of(event) : Optional.empty();
    } catch (NullPointerException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty(); // a mapping requires nothing, and forbids little
    }
  }

  private MeowEvent latest() {
    MeowId meow = new MeowId(id);
    Instant created = Instant.parse(createdAt);
    if (deletedAt != null) {
      return new MeowDeleted(
          meow,
          Objects.requireNonNull(revision),
          created,
          Instant.parse(deletedAt),
          DeletedBy.parse(Objects.requireNonNull(by)).orElseThrow(IllegalArgumentException::new));
    }
    String text = Objects.requireNonNull(body);
    return revision == null
        ? new MeowCreated(meow, text, created)
        : new MeowEdited(
            meow, revision, text, created, Instant.parse(Objects.requireNonNull(editedAt)));
  }

  private static MeowDocument of(MeowEdited meow, long sequence, EarlierSequences earlier) {
    String folded = FoldedText.of(meow.body()).text();
    return new MeowDocument(
        meow.id().value(),
        earlier.place().orElse(sequence),
        meow.createdAt().toString(),
        meow.body(),
        words(folded),
        names(folded),
        tags(meow.body()),
        meow.revision(),
        meow.editedAt().toString(),
        null,
        null,
        null,
        sequence,
        earlier.sequences());
  }

  private static MeowDocument of(MeowDeleted meow, long sequence, EarlierSequences earlier) {
    return new MeowDocument(
        meow.id().value(),
        earlier.place().orElse(sequence),
        meow.createdAt().toString(),
        null,
        null,
        null,
        null,
        meow.revision(),
        null,
        true,
        meow.deletedAt().toString(),
        meow.by().text(),
        sequence,
        earlier.sequences());
  }

  private static String words(String folded) {
    return Tokens.of(folded).stream().map(Token::text).collect(Collectors.joining(" "));
  }

  private static @Nullable List<String> names(String folded) {
    List<String> names = Name.in(folded).stream().map(Name::text).distinct().toList();
    return names.isEmpty() ? null : names;
  }

  private static List<String> tags(String body) {
    return Hashtag.in(body).stream().map(Hashtag::name).distinct().toList();
  }
}
