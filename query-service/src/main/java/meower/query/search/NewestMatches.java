package meower.query.search;

import java.util.List;
import meower.query.meow.TimelineMeow;
import meower.query.view.Views;
import meower.web.ProblemException;
import org.springframework.stereotype.Component;

/** The newest meows that a search finds, for who shows them in a form of their own. */
@Component
public class NewestMatches {

  private final Views views;
  private final MeowSearch search;

  NewestMatches(Views views, MeowSearch search) {
    this.views = views;
    this.search = search;
  }

  /**
   * Returns what {@code GET /search?sort=newest} finds, newest first.
   *
   * @param query as it was typed
   * @param take how many at most, as it was typed
   * @throws ProblemException 400 if one of them is malformed, 503 if it cannot be read
   */
  public List<TimelineMeow> newest(String query, String take) {
    SearchRequest request = SearchRequest.of(query, "newest", take, null, null);
    return views.read(view -> search.find(view, request)).meows().stream()
        .map(NewestMatches::meow)
        .toList();
  }

  private static TimelineMeow meow(FoundMeow found) {
    return new TimelineMeow(
        found.id(), found.body(), found.createdAt(), found.revision(), found.editedAt());
  }
}
