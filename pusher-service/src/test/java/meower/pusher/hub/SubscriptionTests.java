package meower.pusher.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import meower.pusher.feed.Selection;
import meower.search.SearchQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTests {

  private final AtomicLong now = new AtomicLong();
  private final Places places = new Places(10, 4L * Places.BYTES_FOR_EACH);
  private final Places.Place place = Objects.requireNonNull(places.take(Selection.EVERYTHING));
  private final Subscription subscription =
      new Subscription(Selection.EVERYTHING, place, 3, now::get);

  @Test
  void addsAndRemovesTopics() {
    assertThat(subscription.receive("sub #cats", true)).isEmpty();
    assertThat(subscription.receive("sub #dogs", true)).isEmpty();
    assertThat(topics()).containsExactlyInAnyOrder("cats", "dogs");

    assertThat(subscription.receive("unsub #cats", true)).isEmpty();
    assertThat(subscription.receive("unsub #never", true)).isEmpty();
    assertThat(topics()).containsExactly("dogs");
  }

  @Test
  void knowsATopicByItsNameHoweverItIsWritten() {
    subscription.receive("sub #CAFE\u0301", true);
    subscription.receive("sub \uFF03\uFF43\uFF41\uFF46\u00e9", true);

    assertThat(topics()).containsExactly("cafe");
  }

  @Test
  void takesATopicWithoutItsSign() {
    assertThat(subscription.receive("sub cats", true)).isEmpty();
    assertThat(subscription.receive("sub #dogs", true)).isEmpty();
    assertThat(subscription.receive("unsub dogs", true)).isEmpty();

    assertThat(topics()).containsExactly("cats");
  }

  @Test
  void leavesASearchAsItIs() {
    var search = new Selection.Search(SearchQuery.parse("cats"));
    var searching = new Subscription(search, place, 3, now::get);

    assertThat(searching.receive("sub #dogs", true)).contains(CloseReasons.HAS_A_SEARCH);
    assertThat(searching.selection()).isEqualTo(search);
  }

  @Test
  void takesNoMoreTopicsThanThereIsRoomFor() {
    Places small = new Places(1, Places.BYTES_FOR_EACH + 2 * 1024);
    var crowded =
        new Subscription(
            Selection.EVERYTHING,
            Objects.requireNonNull(small.take(Selection.EVERYTHING)),
            100,
            now::get);

    assertThat(crowded.receive("sub #" + "d".repeat(139), true)).isEmpty();
    assertThat(crowded.receive("sub #" + "e".repeat(139), true)).contains(CloseReasons.NO_ROOM);
    crowded.end();
    assertThat(small.take(Selection.EVERYTHING)).isNotNull();
  }

  @Test
  void putsPiecesTogether() {
    assertThat(subscription.receive("su", false)).isEmpty();
    assertThat(subscription.receive("b #ca", false)).isEmpty();
    assertThat(topics()).isEmpty();
    assertThat(subscription.receive("ts", true)).isEmpty();

    assertThat(topics()).containsExactly("cats");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sub",
        "sub ",
        "sub #",
        "sub ##cats",
        "sub #cats ",
        "sub cats ",
        "sub #a #b",
        "sub a b",
        "sub  #cats",
        "sub  cats"
      })
  void refusesWhatIsNoCommand(String text) {
    assertThat(subscription.receive(text, true)).contains(CloseReasons.PROTOCOL_BROKEN);
  }

  @Test
  void refusesAtItsFirstPieceWhatCannotBecomeACommand() {
    assertThat(subscription.receive("never", false)).contains(CloseReasons.PROTOCOL_BROKEN);
  }

  @Test
  void refusesAMessageWithoutEnd() {
    assertThat(subscription.receive("sub #" + "a".repeat(290), false)).isEmpty();
    assertThat(subscription.receive("aaaaaa", false)).contains(CloseReasons.PROTOCOL_BROKEN);
  }

  @Test
  void refusesMoreTopicsThanMayBe() {
    for (String topic : new String[] {"#a", "#b", "#c", "#a"}) {
      assertThat(subscription.receive("sub " + topic, true)).isEmpty();
    }
    assertThat(subscription.receive("sub #d", true)).contains(CloseReasons.TOO_MANY_TOPICS);
    assertThat(topics()).hasSize(3);
  }

  @Test
  void refusesAFloodOfCommands() {
    for (int i = 0; i < Subscription.MOST_COMMANDS; i++) {
      assertThat(subscription.receive("sub #a", true)).isEmpty();
    }
    assertThat(subscription.receive("sub #a", true)).contains(CloseReasons.TOO_MANY_COMMANDS);

    now.addAndGet(Subscription.PERIOD.toNanos());
    assertThat(subscription.receive("sub #a", true)).isEmpty();
  }

  private Set<String> topics() {
    return ((Selection.Topics) subscription.selection()).names();
  }
}
