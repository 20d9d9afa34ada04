package meower.query.search;

import java.util.List;
import meower.query.view.View;
import meower.query.view.Views;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /search}. */
@RestController
class SearchController {

  private final Views views;
  private final MeowSearch search;

  SearchController(Views views, MeowSearch search) {
    this.views = views;
    this.search = search;
  }

  @GetMapping("/search")
  ResponseEntity<List<FoundMeow>> search(
      @RequestParam @Nullable String query,
      @RequestParam @Nullable String sort,
      @RequestParam @Nullable String take,
      @RequestParam @Nullable String skip,
      @RequestParam @Nullable String position) {
    SearchRequest request = SearchRequest.of(query, sort, take, skip, position);
    return views.read(view -> found(view, request));
  }

  private ResponseEntity<List<FoundMeow>> found(View current, SearchRequest request) {
    View view = request.in(current);
    SearchResult result = search.find(view, request);
    HttpHeaders headers = view.headers();
    result.total().addTo(headers);
    if (result.more()) {
      request.link(view.position()).ifPresent(link -> headers.set(HttpHeaders.LINK, link));
    }
    return ResponseEntity.ok().headers(headers).body(result.meows());
  }
}
