package meower.query.page;

import jakarta.servlet.http.HttpServletRequest;
import meower.query.address.PublicAddress;
import meower.query.timeline.OneMeow;
import meower.web.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /meows/{id}} for people and for what makes previews of links. The proxy puts into it
 * what the page is made of, and from then on the page shows the meow.
 */
@RestController
class MeowPageController {

  private static final HtmlTemplate MEOW = HtmlTemplate.named("meow.html");
  private static final HtmlTemplate REFUSAL = HtmlTemplate.named("refusal.html");

  private final PublicAddress address;
  private final OneMeow one;

  MeowPageController(PublicAddress address, OneMeow one) {
    this.address = address;
    this.one = one;
  }

  @GetMapping(path = "/meows/{id}", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<byte[]> meow(@PathVariable String id, HttpServletRequest request) {
    ShownMeow meow = ShownMeow.of(one.now(id), address.of(request));
    return HtmlAnswer.of(HttpStatus.OK, new HttpHeaders(), MEOW.fill(meow));
  }

  /** Who follows a link is shown in words that there is nothing, or nothing any more. */
  @ExceptionHandler
  ResponseEntity<byte[]> onProblem(ProblemException problem, HttpServletRequest request) {
    return HtmlAnswer.of(
        problem.getStatusCode(),
        problem.getHeaders(),
        REFUSAL.fill(HtmlAnswer.refusal(problem, address.of(request))));
  }
}
