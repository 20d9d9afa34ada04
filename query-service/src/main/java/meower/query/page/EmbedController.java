package meower.query.page;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import meower.query.address.PublicAddress;
import meower.query.meow.TimelineMeow;
import meower.query.search.NewestMatches;
import meower.query.timeline.NewestTimeline;
import meower.query.timeline.OneMeow;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /embed/{id}} and {@code GET /embed}: meows inside of pages of other sites. No script
 * runs in them; they ask for themselves anew, so that what was deleted does not stay.
 */
@RestController
class EmbedController {

  /**
   * What is embedded.
   *
   * @param home where all meows are
   * @param more where those of the list are
   */
  record Embedded(String home, String title, String more, List<ShownMeow> meows) {}

  private static final HtmlTemplate EMBED = HtmlTemplate.named("embed.html");
  private static final HtmlTemplate REFUSAL = HtmlTemplate.named("embed-refusal.html");

  private final PublicAddress address;
  private final OneMeow one;
  private final NewestTimeline timeline;
  private final NewestMatches matches;

  EmbedController(
      PublicAddress address, OneMeow one, NewestTimeline timeline, NewestMatches matches) {
    this.address = address;
    this.one = one;
    this.timeline = timeline;
    this.matches = matches;
  }

  @GetMapping(path = "/embed/{id}", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<byte[]> meow(@PathVariable String id, HttpServletRequest request) {
    URI base = address.of(request);
    ShownMeow meow = ShownMeow.of(one.now(id), base);
    return answer(new Embedded(base + "/", "A meow", meow.url(), List.of(meow)));
  }

  @GetMapping(path = "/embed", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<byte[]> newest(
      @RequestParam @Nullable String tag,
      @RequestParam @Nullable String n,
      HttpServletRequest request) {
    URI base = address.of(request);
    EmbedList list = EmbedList.of(tag, n);
    List<ShownMeow> meows = newest(list).stream().map(meow -> ShownMeow.of(meow, base)).toList();
    return answer(new Embedded(base + "/", list.title(), base + list.path(), meows));
  }

  private List<TimelineMeow> newest(EmbedList list) {
    @Nullable String query = list.query();
    return query == null ? timeline.newest(list.count()) : matches.newest(query, list.count());
  }

  private static ResponseEntity<byte[]> answer(Embedded embedded) {
    return HtmlAnswer.of(HttpStatus.OK, new HttpHeaders(), EMBED.fill(embedded));
  }

  @ExceptionHandler
  ResponseEntity<byte[]> onProblem(ProblemException problem, HttpServletRequest request) {
    return HtmlAnswer.of(
        problem.getStatusCode(),
        problem.getHeaders(),
        REFUSAL.fill(HtmlAnswer.refusal(problem, address.of(request))));
  }
}
