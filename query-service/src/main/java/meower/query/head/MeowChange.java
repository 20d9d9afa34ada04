package meower.query.head;

import java.util.Optional;
import meower.query.meow.EncodedMeow;
import meower.schema.EventKey;
import meower.search.SearchedText;
import org.jspecify.annotations.Nullable;

/** What an event has made of a meow. Any number of threads may use it. */
public final class MeowChange {

  private final long sequence;
  private final EncodedMeow meow;

  /** Nothing until somebody searches; taken apart once, or by two at the same time twice. */
  private volatile @Nullable SearchedMeow searched;

  /**
   * @param sequence that of the event
   * @param meow as the event leaves it
   */
  public MeowChange(long sequence, EncodedMeow meow) {
    this.sequence = sequence;
    this.meow = meow;
  }

  long sequence() {
    return sequence;
  }

  EncodedMeow meow() {
    return meow;
  }

  /** Returns the id of the meow. */
  public String id() {
    return meow.id();
  }

  /** Tells whether the meow was not there before. */
  public boolean isNew() {
    return meow.revision() == EventKey.CREATION;
  }

  /** Returns the text from now on; nothing if it was deleted. */
  public Optional<SearchedText> text() {
    return meow.isDeleted() ? Optional.empty() : Optional.of(toSearch().text());
  }

  SearchedMeow toSearch() {
    SearchedMeow known = searched;
    if (known != null) {
      return known;
    }
    SearchedMeow made = SearchedMeow.of(meow.toMeow());
    searched = made;
    return made;
  }
}
