package meower.query.meow;

import java.util.List;
import java.util.Optional;
import meower.query.index.MeowIndex;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A meow as clients get it, or what is left of it, encoded once. */
public final class EncodedMeow {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final String id;
  private final int revision;
  private final boolean revisionIsKnown;
  private final byte[] json;
  private final @Nullable DeletedMeow deleted;

  private EncodedMeow(MeowNow meow, boolean revisionIsKnown) {
    this.id = meow.id();
    this.revision = meow.reached();
    this.revisionIsKnown = revisionIsKnown;
    this.json = MAPPER.writeValueAsBytes(meow);
    this.deleted = meow instanceof DeletedMeow gone ? gone : null;
  }

  public static EncodedMeow of(MeowNow meow) {
    return new EncodedMeow(meow, true);
  }

  /** Returns the meow as an index has it, which perhaps does not know of which revision it is. */
  public static EncodedMeow of(MeowNow meow, MeowIndex index) {
    return new EncodedMeow(meow, index.hasRevisions());
  }

  /** Returns the meow as it is after an event. */
  public static EncodedMeow after(MeowEvent event) {
    return of(
        switch (event) {
          case MeowCreated created -> TimelineMeow.of(created);
          case MeowEdited edited -> TimelineMeow.of(edited);
          case MeowDeleted deleted ->
              new DeletedMeow(
                  deleted.id().value(), deleted.deletedAt().toString(), deleted.by().text());
        });
  }

  public String id() {
    return id;
  }

  /** Returns what is left of it, if it was deleted. */
  public Optional<DeletedMeow> deleted() {
    return Optional.ofNullable(deleted);
  }

  public boolean isDeleted() {
    return deleted != null;
  }

  /** Returns what names this text among those of the meow, if that is known. */
  public Optional<String> tag() {
    return revisionIsKnown ? Optional.of("\"" + revision + "\"") : Optional.empty();
  }

  /** Returns the number of its text: 1 is what was posted. Nothing exceeds a deletion. */
  public int revision() {
    return revision;
  }

  /** Returns the JSON object, UTF-8. */
  public byte[] toJson() {
    return json.clone();
  }

  /**
   * Returns the meow with its fields.
   *
   * @throws IllegalStateException if it was deleted
   */
  public TimelineMeow toMeow() {
    if (isDeleted()) {
      throw new IllegalStateException("of " + id + " nothing is left to show");
    }
    return MAPPER.readValue(json, TimelineMeow.class);
  }

  /** Returns the JSON array of some meows, UTF-8. */
  public static byte[] toJson(List<EncodedMeow> meows) {
    int separators = Math.max(0, meows.size() - 1);
    byte[] json = new byte[2 + separators + meows.stream().mapToInt(m -> m.json.length).sum()];
    json[0] = '[';
    int at = 1;
    for (EncodedMeow meow : meows) {
      if (at > 1) {
        json[at++] = ',';
      }
      System.arraycopy(meow.json, 0, json, at, meow.json.length);
      at += meow.json.length;
    }
    json[at] = ']';
    return json;
  }
}
