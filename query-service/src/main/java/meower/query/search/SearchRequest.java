package meower.query.search;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import meower.query.view.PageRequest;
import meower.query.view.View;
import meower.schema.Position;
import meower.search.SearchQuery;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What is searched, in which order, and which part of the result is wanted.
 *
 * @param text as it was typed; a space at its end finishes its last word
 * @param began what the first part was read up to, when this is a further one
 */
record SearchRequest(
    String text, SearchQuery query, Order order, PageRequest page, Optional<Position> began) {

  /** In which order the found meows come. */
  enum Order {
    RELEVANCE,
    NEWEST
  }

  /**
   * Reads the parameters of a request.
   *
   * @throws ProblemException 400 naming the parameter that is missing or malformed
   */
  static SearchRequest of(
      @Nullable String query,
      @Nullable String sort,
      @Nullable String take,
      @Nullable String skip,
      @Nullable String position) {
    String text = text(query);
    return new SearchRequest(
        text,
        SearchQuery.parse(text),
        order(sort),
        PageRequest.of(take, skip, "Search for something that fewer meows have."),
        position(position));
  }

  /**
   * Returns the view to read, which ends where the first part's did, so that what is posted
   * meanwhile moves nothing from one part to another.
   *
   * @throws ProblemException 400 if the stream was made anew since
   */
  View in(View view) {
    if (began.isEmpty()) {
      return view;
    }
    Position end = began.get();
    if (!end.epoch().equals(view.position().epoch())) {
      throw ProblemException.badParameter(
          "position", "The feed was made anew since. Search again, without position.");
    }
    if (!view.reaches(end)) {
      throw view.behind("position " + end);
    }
    return new View(view.index(), end);
  }

  /**
   * Returns the header {@code Link} of an answer behind which there is more: the way there, unless
   * that is too far.
   *
   * @param end what the view of the first part reached
   */
  Optional<String> link(Position end) {
    return !page.hasNext()
        ? Optional.empty()
        : Optional.of(
            "</search?query=%s&sort=%s&take=%d&skip=%d&position=%s>; rel=\"next\""
                .formatted(
                    URLEncoder.encode(text, StandardCharsets.UTF_8),
                    order.name().toLowerCase(Locale.ROOT),
                    page.take(),
                    page.skip() + page.take(),
                    end));
  }

  private static Optional<Position> position(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    return Optional.of(
        Position.parse(text)
            .orElseThrow(() ->
                ProblemException.badParameter(
                    "position", "position has to be what a Link of a search has there.")));
  }

  private static String text(@Nullable String query) {
    String text = query == null ? "" : query.stripLeading();
    Optional<String> refusal = SearchQuery.refusal(text);
    if (refusal.isPresent()) {
      throw ProblemException.badParameter("query", "query " + refusal.get() + ".");
    }
    return text;
  }

  private static Order order(@Nullable String sort) {
    return switch (sort) {
      case null -> Order.RELEVANCE;
      case "relevance" -> Order.RELEVANCE;
      case "newest" -> Order.NEWEST;
      default -> throw ProblemException.badParameter("sort", "sort has to be relevance or newest.");
    };
  }
}
