package meower.pusher.feed;

import java.util.Set;
import meower.search.SearchQuery;

/** What of the feed a reader wants; edits and deletions are for everybody. */
public sealed interface Selection {

  Selection EVERYTHING = new Topics(Set.of());

  /**
   * The meows about one of some topics.
   *
   * @param names those of the hashtags; without any it is everything
   */
  record Topics(Set<String> names) implements Selection {

    public Topics {
      names = Set.copyOf(names);
    }
  }

  /** The meows that a search finds, with the parts of their bodies that are why. */
  record Search(SearchQuery query) implements Selection {}
}
