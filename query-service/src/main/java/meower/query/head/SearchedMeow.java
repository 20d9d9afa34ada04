package meower.query.head;

import meower.query.meow.TimelineMeow;
import meower.search.SearchedText;

/**
 * A meow of the newest ones, as a search sees it.
 *
 * @param text its body, taken apart
 */
public record SearchedMeow(TimelineMeow meow, SearchedText text) {

  static SearchedMeow of(TimelineMeow meow) {
    return new SearchedMeow(meow, SearchedText.of(meow.body()));
  }
}
