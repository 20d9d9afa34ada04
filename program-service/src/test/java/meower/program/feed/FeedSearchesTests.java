package meower.program.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meower.schema.DeletedBy;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import meower.schema.Position;
import org.junit.jupiter.api.Test;

class FeedSearchesTests {

  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
  private static final MeowId MEOW = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU");

  private final FeedSearches searches = new FeedSearches();

  @Test
  void keepsWhatTheFeedsSayNow() {
    searches.keep(List.of(place(1, "cat "), place(2, "dog "), place(3, "dog ")));
    assertThat(searches.size()).isEqualTo(2);
    assertThat(searches.finding(created("a dog"))).containsExactlyInAnyOrder(2L, 3L);

    searches.keep(List.of(place(1, "bird "), place(3, "dog ")));
    assertThat(searches.finding(created("a dog, a cat"))).containsExactly(3L);
    assertThat(searches.finding(created("a bird"))).containsExactly(1L);

    searches.keep(List.of());
    assertThat(searches.finding(created("a bird and a dog"))).isEmpty();
    assertThat(searches.size()).isZero();
  }

  @Test
  void doesNotKeepTheSearchOfAFeedThatHasEnded() {
    FeedPlace place = place(1, "cat ");
    searches.keep(
        List.of(new FeedPlace(place.queue(), place.position(), Optional.empty(), NOW, true)));
    assertThat(searches.size()).isZero();
  }

  @Test
  void findsNothingInADeletion() {
    searches.keep(List.of(place(1, "cat ")));
    assertThat(searches.finding(at(new MeowDeleted(MEOW, 2, NOW, NOW, DeletedBy.AUTHOR))))
        .isEmpty();
  }

  @Test
  void aThousandFeedsAreNotEachTried() {
    List<FeedPlace> places = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      places.add(place(i, "#topic%d other".formatted(i)));
    }
    searches.keep(places);

    assertThat(searches.finding(created("#topic7 and others"))).containsExactly(7L);
    assertThat(searches.tried()).isEqualTo(1);
    assertThat(searches.matched()).isEqualTo(1);
  }

  private static FeedPlace place(long queue, String query) {
    return FeedChunkTests.place(queue, query, List.of());
  }

  private static FeedEvent created(String body) {
    return at(new MeowCreated(MEOW, body, NOW));
  }

  private static FeedEvent at(MeowEvent event) {
    return new FeedEvent(event, new Position("e", 1));
  }
}
