package meower.query.timeline;

import java.util.List;
import java.util.Optional;
import meower.query.view.View;
import meower.query.view.Views;
import meower.schema.MeowId;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /meows} and {@code GET /meows/{id}}. */
@RestController
class TimelineController {

  private final TimelineHead head;
  private final Views views;
  private final Timeline timeline;
  private final Arrivals arrivals;

  TimelineController(TimelineHead head, Views views, Timeline timeline, Arrivals arrivals) {
    this.head = head;
    this.views = views;
    this.timeline = timeline;
    this.arrivals = arrivals;
  }

  @GetMapping("/meows")
  ResponseEntity<?> page(
      @RequestParam @Nullable String take,
      @RequestParam @Nullable String skip,
      @RequestParam @Nullable String before,
      @RequestParam @Nullable String after) {
    TimelineRequest request = TimelineRequest.of(take, skip, before, after);
    Optional<NewestPage> newest = head.page(request);
    return newest.isPresent()
        ? answer(newest.get(), request)
        : views.read(view -> page(view, request));
  }

  @GetMapping("/meows/{id}")
  ResponseEntity<?> meow(@PathVariable String id, @RequestParam @Nullable String wait) {
    WaitTimeout timeout = WaitTimeout.of(wait);
    if (!MeowId.isKsuid(id)) {
      throw unknown();
    }
    MeowId wanted = new MeowId(id);
    Optional<EncodedMeow> newest = timeout.isNone() ? head.find(wanted) : Optional.empty();
    return newest.isPresent()
        ? meow().contentType(MediaType.APPLICATION_JSON).body(newest.get().toJson())
        : meow().body(find(wanted, timeout).orElseThrow(TimelineController::unknown));
  }

  private static ResponseEntity.BodyBuilder meow() {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore());
  }

  private Optional<TimelineMeow> find(MeowId id, WaitTimeout timeout) {
    Optional<TimelineMeow> arrived =
        timeout.isNone() ? Optional.empty() : arrivals.await(id, timeout);
    return arrived.isPresent() ? arrived : views.read(view -> timeline.find(view.index(), id));
  }

  /** The position says what is in it, so a client that has it need not get it again. */
  private static ResponseEntity<byte[]> answer(NewestPage page, TimelineRequest request) {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_JSON);
    headers.setCacheControl(CacheControl.noCache());
    headers.set(View.POSITION_HEADER, page.position().toString());
    headers.setETag("\"" + page.position() + "\"");
    page.links(request).ifPresent(links -> headers.set(HttpHeaders.LINK, links));
    return ResponseEntity.ok().headers(headers).body(page.json());
  }

  private ResponseEntity<List<TimelineMeow>> page(View view, TimelineRequest request) {
    TimelinePage page = timeline.page(view, request);
    HttpHeaders headers = view.headers();
    page.links(request).ifPresent(links -> headers.set(HttpHeaders.LINK, links));
    return ResponseEntity.ok().headers(headers).body(page.meows());
  }

  private static ProblemException unknown() {
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        "unknown-meow",
        "There is no such meow",
        "Check the id. A meow that was posted a moment ago can be had a moment later, or with"
            + " wait=2s as soon as it is there.");
  }
}
