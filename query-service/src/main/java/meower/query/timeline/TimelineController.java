package meower.query.timeline;

import java.util.List;
import java.util.Optional;
import meower.query.head.NewestPage;
import meower.query.head.TimelineHead;
import meower.query.meow.EncodedMeow;
import meower.query.meow.TimelineMeow;
import meower.query.view.TimelineRequest;
import meower.query.view.View;
import meower.query.view.Views;
import meower.stream.Streams;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /meows}, {@code GET /meows/{id}} and {@code GET /meows/{id}/history}. */
@RestController
class TimelineController {

  private final TimelineHead head;
  private final Views views;
  private final Timeline timeline;
  private final OneMeow one;
  private final MeowsByIds byIds;
  private final History history;
  private final Streams streams;

  TimelineController(
      TimelineHead head,
      Views views,
      Timeline timeline,
      OneMeow one,
      MeowsByIds byIds,
      History history,
      Streams streams) {
    this.head = head;
    this.views = views;
    this.timeline = timeline;
    this.one = one;
    this.byIds = byIds;
    this.history = history;
    this.streams = streams;
  }

  @GetMapping(path = "/meows", params = "!ids")
  ResponseEntity<?> page(
      @RequestParam @Nullable String take,
      @RequestParam @Nullable String skip,
      @RequestParam @Nullable String before,
      @RequestParam @Nullable String after) {
    TimelineRequest request = TimelineRequest.of(take, skip, before, after);
    Optional<NewestPage> newest = head.page(request);
    return newest.isPresent() ? answer(newest.get(), request) : page(request);
  }

  @GetMapping(path = "/meows", params = "ids")
  ResponseEntity<byte[]> meows(@RequestParam String ids) {
    MeowsByIds.Answer found = byIds.find(TimelineRequest.ids(ids));
    return meow()
        .header(View.POSITION_HEADER, found.position().toString())
        .contentType(MediaType.APPLICATION_JSON)
        .body(EncodedMeow.toJson(found.meows()));
  }

  @GetMapping(path = "/meows/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> meow(
      @PathVariable String id,
      @RequestParam @Nullable String wait,
      @RequestParam @Nullable String revision) {
    WaitTimeout timeout = WaitTimeout.of(wait);
    WantedRevision wanted = WantedRevision.of(revision);
    return answer(one.find(id, wanted, timeout));
  }

  @GetMapping("/meows/{id}/history")
  ResponseEntity<List<PastText>> history(@PathVariable String id) {
    return meow().body(history.of(OneMeow.known(id)).orElseThrow(OneMeow::unknown));
  }

  private static ResponseEntity.BodyBuilder meow() {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore());
  }

  private static ResponseEntity<byte[]> answer(EncodedMeow meow) {
    OneMeow.refuseIfDeleted(meow);
    ResponseEntity.BodyBuilder answer =
        meow().contentType(MediaType.APPLICATION_JSON).varyBy(HttpHeaders.ACCEPT);
    meow.tag().ifPresent(answer::eTag);
    return answer.body(meow.toJson());
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

  private ResponseEntity<List<TimelineMeow>> page(TimelineRequest request) {
    StreamEnd end = new StreamEnd(streams);
    return views.read(view -> answer(view, timeline.page(view, request, end), request));
  }

  private static ResponseEntity<List<TimelineMeow>> answer(
      View view, TimelinePage page, TimelineRequest request) {
    HttpHeaders headers = view.headers();
    page.links(request).ifPresent(links -> headers.set(HttpHeaders.LINK, links));
    return ResponseEntity.ok().headers(headers).body(page.meows());
  }
}
