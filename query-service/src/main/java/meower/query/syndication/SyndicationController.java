package meower.query.syndication;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import meower.query.address.PublicAddress;
import meower.query.meow.TimelineMeow;
import meower.query.search.NewestMatches;
import meower.query.timeline.NewestTimeline;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /feed.atom} and {@code GET /feed.json}. */
@RestController
class SyndicationController {

  private static final String ATOM = "application/atom+xml";
  private static final String JSON_FEED = "application/feed+json";
  private static final String DEFAULT_TAKE = "50";
  private static final int MOST = 100;

  private final PublicAddress publicAddress;
  private final NewestTimeline timeline;
  private final NewestMatches matches;
  private final JsonMapper json;

  SyndicationController(
      PublicAddress publicAddress,
      NewestTimeline timeline,
      NewestMatches matches,
      JsonMapper json) {
    this.publicAddress = publicAddress;
    this.timeline = timeline;
    this.matches = matches;
    this.json = json;
  }

  @GetMapping(path = AtomFeed.PATH, produces = ATOM)
  ResponseEntity<byte[]> atom(
      @RequestParam @Nullable String topic,
      @RequestParam @Nullable String query,
      @RequestParam @Nullable String take,
      HttpServletRequest request) {
    FeedAddress address = FeedAddress.of(publicAddress.of(request), topic, query);
    List<TimelineMeow> meows = meows(address, take);
    Instant updated = updated(meows);
    String atom = AtomFeed.write(address, meows, updated);
    return answer(ATOM, atom.getBytes(StandardCharsets.UTF_8), updated);
  }

  @GetMapping(path = JsonFeed.PATH, produces = JSON_FEED)
  ResponseEntity<byte[]> jsonFeed(
      @RequestParam @Nullable String topic,
      @RequestParam @Nullable String query,
      @RequestParam @Nullable String take,
      HttpServletRequest request) {
    FeedAddress address = FeedAddress.of(publicAddress.of(request), topic, query);
    List<TimelineMeow> meows = meows(address, take);
    byte[] feed = json.writeValueAsBytes(JsonFeed.of(address, meows));
    return answer(JSON_FEED, feed, updated(meows));
  }

  private List<TimelineMeow> meows(FeedAddress address, @Nullable String take) {
    String wanted = take == null ? DEFAULT_TAKE : take;
    @Nullable String query = address.query();
    if (wanted.length() > 3 || (wanted.matches("\\d{3}") && Integer.parseInt(wanted) > MOST)) {
      throw ProblemException.badParameter(
          "take", "take has to be a whole number from 1 to " + MOST + ".");
    }
    return query == null ? timeline.newest(wanted) : matches.newest(query, wanted);
  }

  /** Readers come back again and again: nothing is sent twice. */
  private static ResponseEntity<byte[]> answer(String type, byte[] feed, Instant updated) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.ok()
            .cacheControl(CacheControl.noCache())
            .contentType(new MediaType(MediaType.parseMediaType(type), StandardCharsets.UTF_8))
            .eTag(tag(feed));
    return updated.equals(Instant.EPOCH)
        ? answer.body(feed)
        : answer.lastModified(updated).body(feed);
  }

  /** A deletion changes the tag, and no moment of anything that is still there. */
  private static String tag(byte[] feed) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(feed);
      return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "\"";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Instant updated(List<TimelineMeow> meows) {
    return meows.stream()
        .map(meow -> Objects.requireNonNullElse(meow.editedAt(), meow.createdAt()))
        .map(Instant::parse)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }
}
