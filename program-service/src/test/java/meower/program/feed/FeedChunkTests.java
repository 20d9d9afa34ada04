package meower.program.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meower.program.feed.FeedChunk.Known;
import meower.program.queue.Definition;
import meower.program.queue.FeedDefinition;
import meower.program.queue.Queue;
import meower.schema.DeletedBy;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedChunkTests {

  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
  private static final Duration REMEMBERED = Duration.ofDays(30);
  private static final Position START = new Position("e", 0);
  private static final MeowId ONE = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU");
  private static final MeowId TWO = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGV");
  private static final FeedPlace ALL = place(1);
  private static final FeedPlace CATS = place(2, "cats");
  private static final FeedPlace FOOD = place(3, "food ", List.of());
  private static final FeedPlace FOOD_OF_CATS = place(4, "food ", List.of("cats"));
  private static final List<FeedPlace> PLACES = List.of(ALL, CATS, FOOD, FOOD_OF_CATS);

  @Test
  void aQueueIsToldOfTheMeowsThatItWants() {
    FeedChunk chunk = chunk(Set.of(), created(ONE, "a #Cats tale"), created(TWO, "a #dog"));

    assertThat(told(chunk, ALL)).containsExactly("created " + ONE, "created " + TWO);
    assertThat(told(chunk, CATS)).containsExactly("created " + ONE);
    assertThat(chunk.learned()).contains(known(CATS, ONE)).doesNotContain(known(CATS, TWO));
  }

  @Test
  void whoWasToldOfAMeowIsToldWhatItBecomes() {
    FeedChunk chunk =
        chunk(Set.of(known(CATS, ONE)), edited(ONE, 2, "no topic"), edited(TWO, 2, "no topic"));

    assertThat(told(chunk, CATS)).containsExactly("edited " + ONE);
  }

  @Test
  void anEditMayMakeAMeowWanted() {
    FeedChunk chunk = chunk(Set.of(), edited(ONE, 2, "now about #cats"), deleted(ONE, 3, NOW));

    assertThat(told(chunk, CATS)).containsExactly("edited " + ONE, "deleted " + ONE);
    assertThat(chunk.learned()).doesNotContain(known(CATS, ONE));
    assertThat(chunk.forgotten()).contains(known(CATS, ONE));
  }

  @Test
  void aMeowHasToBeFoundAndToHaveATopicIfThereAreAny() {
    FeedChunk chunk = chunk(Set.of(), created(ONE, "cat Food"), created(TWO, "#cats eat food"));

    assertThat(told(chunk, FOOD)).containsExactly("created " + ONE, "created " + TWO);
    assertThat(told(chunk, FOOD_OF_CATS)).containsExactly("created " + TWO);
    assertThat(told(chunk, CATS)).containsExactly("created " + TWO);
  }

  @Test
  void whoHasFoundAMeowIsToldWhatItBecomes() {
    FeedChunk chunk =
        chunk(
            Set.of(known(FOOD, ONE)),
            edited(ONE, 2, "found no more"),
            edited(TWO, 2, "food now"),
            deleted(ONE, 3, NOW),
            deleted(TWO, 3, NOW));

    assertThat(told(chunk, FOOD))
        .containsExactly("edited " + ONE, "edited " + TWO, "deleted " + ONE, "deleted " + TWO);
    assertThat(told(chunk, FOOD_OF_CATS)).isEmpty();
  }

  @Test
  void nobodyIsToldThatAMeowIsGoneThatHeNeverHeardOf() {
    assertThat(told(chunk(Set.of(), deleted(ONE, 2, NOW.minus(REMEMBERED))), ALL)).isEmpty();
  }

  @Test
  void everybodyIsToldOfTheEndOfAMeowThatIsTooOldToBeRemembered() {
    FeedChunk chunk = chunk(Set.of(), deleted(ONE, 2, NOW.minus(REMEMBERED).minusSeconds(1)));

    assertThat(told(chunk, ALL)).containsExactly("deleted " + ONE);
    assertThat(told(chunk, CATS)).containsExactly("deleted " + ONE);
  }

  @Test
  void aMeowThatIsGoneBringsNoTextAlong() {
    FeedChunk chunk = chunk(Set.of(), created(ONE, "secret"), deleted(ONE, 2, NOW));

    assertThat(chunk.flowing())
        .map(message -> new String(message.body(), StandardCharsets.UTF_8))
        .hasSize(2)
        .noneMatch(message -> message.contains("secret"));
    assertThat(chunk.deleted()).containsExactly(ONE.value());
  }

  @Test
  void aRepeatedCreationIsToldOnce() {
    FeedChunk chunk = chunk(Set.of(known(ALL, ONE)), created(ONE, "again"));

    assertThat(told(chunk, ALL)).isEmpty();
  }

  @Test
  void aFeedThatHasEndedTellsNothingAndErasesStill() {
    FeedPlace ended = new FeedPlace(ALL.queue(), START, Optional.empty(), NOW, true);
    FeedChunk chunk =
        FeedChunk.of(
            List.of(ended),
            searches(List.of(ended)),
            events(created(ONE, "hello"), deleted(TWO, 2, NOW)),
            Set.of(known(ALL, TWO)),
            NOW,
            REMEMBERED);

    assertThat(chunk.flowing()).isEmpty();
    assertThat(chunk.deleted()).containsExactly(TWO.value());
  }

  private static FeedChunk chunk(Set<Known> known, MeowEvent... events) {
    return FeedChunk.of(PLACES, searches(PLACES), events(events), known, NOW, REMEMBERED);
  }

  private static FeedSearches searches(List<FeedPlace> places) {
    FeedSearches searches = new FeedSearches();
    searches.keep(places);
    return searches;
  }

  private static List<FeedEvent> events(MeowEvent... events) {
    return Arrays.stream(events).map(event -> new FeedEvent(event, START.at(1))).toList();
  }

  private static List<String> told(FeedChunk chunk, FeedPlace place) {
    return chunk.flowing().stream()
        .filter(message -> message.place().equals(place))
        .map(message -> message.event().event())
        .map(event ->
            switch (event) {
              case MeowCreated _ -> "created " + event.id();
              case MeowEdited _ -> "edited " + event.id();
              case MeowDeleted _ -> "deleted " + event.id();
            })
        .toList();
  }

  private static Known known(FeedPlace place, MeowId meow) {
    return new Known(place.queue().id(), meow.value());
  }

  private static FeedPlace place(long id, String... topics) {
    return place(id, null, List.of(topics));
  }

  static FeedPlace place(long id, @Nullable String query, List<String> topics) {
    Definition definition =
        new Definition(
            Duration.ofSeconds(30),
            10,
            Duration.ofDays(7),
            List.of(),
            List.of(),
            new FeedDefinition.OfMeows(topics, query, "now"),
            null);
    return new FeedPlace(
        new Queue(id, "q" + id, "shop", definition, false, NOW),
        START,
        Optional.empty(),
        NOW,
        false);
  }

  private static MeowEvent created(MeowId id, String body) {
    return new MeowCreated(id, body, NOW);
  }

  private static MeowEvent edited(MeowId id, int revision, String body) {
    return new MeowEdited(id, revision, body, NOW, NOW);
  }

  private static MeowEvent deleted(MeowId id, int revision, Instant createdAt) {
    return new MeowDeleted(id, revision, createdAt, NOW, DeletedBy.AUTHOR);
  }
}
