package meower.query.search;

import meower.query.view.PageRequest;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** What is searched, in which order, and which part of the result is wanted. */
record SearchRequest(SearchQuery query, Order order, PageRequest page) {

  /** So many characters a query has at most. */
  static final int MAX_LENGTH = 200;

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
      @Nullable String query, @Nullable String sort, @Nullable String take, @Nullable String skip) {
    return new SearchRequest(
        SearchQuery.parse(text(query)),
        order(sort),
        PageRequest.of(take, skip, "Search for something that fewer meows have."));
  }

  private static String text(@Nullable String query) {
    String text = query == null ? "" : query.strip();
    int length = text.codePointCount(0, text.length());
    if (length < 1 || length > MAX_LENGTH) {
      throw ProblemException.badParameter(
          "query", "query has to be the text to search for, 1 to 200 characters.");
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
