package meower.pusher;

import static meower.pusher.MeowsStream.deletion;
import static meower.pusher.MeowsStream.edit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.Position;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Meows are edited and deleted. */
class TakingBackIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int WINDOW = 200;

  /** More than a page and the log: what was before is read from the stream. */
  private static final int MANY = 1_500;

  private static final String SECRET = "nobody may read this";

  private TestNats nats;
  private MeowsStream stream;
  private Pusher pusher;
  private Position epoch;

  @BeforeEach
  void start() throws Exception {
    nats = TestServers.newNats();
    stream = MeowsStream.created(nats.url());
    pusher = startPusher();
    try (Browser browser = pusher.connect("")) {
      epoch = browser.hello().position();
    }
  }

  @AfterEach
  void stop() {
    pusher.close();
    stream.close();
    nats.stop();
  }

  @Test
  void sendsEditsAndDeletionsToEverybodyAsTheContractSays() throws Exception {
    MeowCreated meow = stream.meow("about #cats");
    MeowEdited edited = edit(meow, 2, "about #dogs");
    MeowDeleted deleted = deletion(meow, 3);
    try (Browser all = pusher.connect("");
        Browser birds = pusher.connect("?topic=%23birds");
        Browser dogs = pusher.connect("?topic=%23dogs&topic=%23birds")) {
      long first = stream.publish(meow);
      await().atMost(SOON).until(() -> all.count() == 2);
      long second = stream.publish(edited, first);
      // Each by itself: what is deleted before it was sent is not sent at all.
      for (Browser browser : List.of(all, birds, dogs)) {
        await().atMost(SOON).until(() -> last(browser).isEdit());
      }
      long third = stream.publish(deleted, first, second);

      for (Browser browser : List.of(all, birds, dogs)) {
        await().atMost(SOON).until(() -> last(browser).isDeletion());
        assertThat(browser.frames().get(browser.count() - 2).json().toString())
            .isEqualTo(
                """
                {"kind":4,"id":"%s","body":"about #dogs","created_at":"%s","edited_at":"%s",\
                "revision":2,"position":"%s"}\
                """
                    .formatted(meow.id(), meow.createdAt(), edited.editedAt(), epoch.at(second)));
        assertThat(last(browser).json().toString())
            .isEqualTo(
                """
                {"kind":5,"id":"%s","deleted_at":"%s","by":"author","position":"%s"}\
                """
                    .formatted(meow.id(), deleted.deletedAt(), epoch.at(third)));
      }
      assertThat(all.meows()).hasSize(1);
      assertThat(birds.meows()).isEmpty();
      assertThat(dogs.meows()).as("the topic is decided when it is created").isEmpty();
    }
    assertThat(pusher.counted("meower.events.edited")).isEqualTo(1);
    assertThat(pusher.counted("meower.events.deleted")).isEqualTo(1);
    assertThat(pusher.counted("meower.frames.appended")).isEqualTo(3);
  }

  @Test
  void resumesAcrossADeletionWithItAndWithoutTheMeow() throws Exception {
    List<Long> secret = publishSecret();
    long last = stream.publish(10, "and on");
    pusher.awaitHead(last);

    for (String topics : List.of("", "&topic=%23cats", "&topic=%23birds")) {
      try (Browser browser = pusher.connect("?after=" + epoch + topics)) {
        await().atMost(SOON).until(() -> told(browser) == 1);
        assertThat(browser.hello().resumed()).isTrue();
        assertThat(frames(browser)).doesNotContain(SECRET);
      }
    }
    try (Browser behind = pusher.connect("?after=" + epoch.at(secret.getFirst()))) {
      await().atMost(SOON).until(() -> last(behind).sequence() == last);
      assertThat(told(behind)).isEqualTo(1);
    }
  }

  @Test
  void resumesFromThePastAcrossADeletion() throws Exception {
    List<Long> secret = publishSecret();
    long last = stream.publish(MANY, "and on");
    pusher.awaitHead(last);
    assertToldAndNotShown(pusher, last);
    stream.erase(secret.get(0), secret.get(1));
    assertToldAndNotShown(pusher, last);
    try (Pusher another = startPusher()) {
      assertToldAndNotShown(another, last);
    }
  }

  /** The meow is in one page, its deletion in the log; the stream holds the text for now. */
  @Test
  void showsNoPageOfThePastWithATextThatWasTakenBackSince() throws Exception {
    MeowCreated meow = stream.meow(SECRET);
    long created = stream.publish(meow);
    pusher.awaitHead(stream.publish(MANY, "and on"));
    try (Browser before = pusher.connect("?after=" + epoch)) {
      await().atMost(SOON).until(() -> before.count() == 1 + 1 + MANY);
      assertThat(frames(before)).contains(SECRET);
    }
    double read = pusher.counted("meower.replay.reads");
    try (Browser again = pusher.connect("?after=" + epoch)) {
      await().atMost(SOON).until(() -> again.count() == 1 + 1 + MANY);
    }
    assertThat(pusher.counted("meower.replay.reads")).as("in the cache").isEqualTo(read);

    long deleted = stream.publish(deletion(meow, 2), created);
    pusher.awaitHead(deleted);

    assertToldAndNotShown(pusher, deleted);
    assertThat(pusher.counted("meower.replay.reads")).as("dropped").isGreaterThan(read);
    try (Pusher another = startPusher()) {
      assertToldAndNotShown(another, deleted);
    }
  }

  /** Browsers come back all the time while meows of the past are deleted one after the other. */
  @Test
  void showsNobodyWhatWasTakenBackWhileThePastIsRead() throws Exception {
    List<MeowCreated> meows = new ArrayList<>();
    for (int i = 0; i < 2 * MANY; i++) {
      meows.add(stream.meow("meow " + i));
      stream.publishLater(meows.getLast());
    }
    pusher.awaitHead(2 * MANY);
    List<Integer> deleted = new ArrayList<>();
    for (int some : new Random(5).ints(0, MANY).distinct().limit(12).toArray()) {
      try (Browser reading = pusher.connect("?after=" + epoch)) {
        long sequence = stream.publish(deletion(meows.get(some), 2), some + 1L);
        deleted.add(some);
        pusher.awaitHead(sequence);
        try (Browser returning = pusher.connect("?after=" + epoch)) {
          await().atMost(SOON).until(() -> last(returning).sequence() == sequence);
          await().atMost(SOON).until(() -> last(reading).sequence() == sequence);
          assertThat(returning.meows())
              .extracting(frame -> frame.text("body"))
              .hasSize(2 * MANY - deleted.size())
              .doesNotContainAnyElementsOf(deleted.stream().map(i -> "meow " + i).toList());
          assertThat(reading.frames()).noneMatch(Received::isGap);
          assertNothingComesBack(reading);
        }
      }
    }
  }

  @Test
  void saysInARefilledStreamThatAMeowWasDeletedWhereverItWas() throws Exception {
    MeowCreated meow = stream.meow(SECRET);
    stream.publish(5, "before");
    long inPlace = stream.publish(deletion(meow, 3));
    stream.publish(MANY, "between");
    long ofTheEdit = stream.publishAgain(deletion(meow, 3), inPlace);
    long last = stream.publishAgain(deletion(meow, 3), inPlace, ofTheEdit);
    pusher.awaitHead(last);

    for (long after : List.of(0L, inPlace, ofTheEdit)) {
      try (Browser browser = pusher.connect("?after=" + epoch.at(after))) {
        await().atMost(SOON).until(() -> last(browser).sequence() == last);
        assertThat(deletions(browser))
            .containsExactlyElementsOf(
                List.of(inPlace, ofTheEdit, last).stream().filter(s -> s > after).toList());
      }
    }
  }

  @Test
  void sendsARepeatedEditOnceAndNoneAfterTheDeletion() throws Exception {
    MeowCreated meow = stream.meow("first");
    try (Browser browser = pusher.connect("")) {
      long created = stream.publish(meow);
      long edited = stream.publish(edit(meow, 2, "second"), created);
      stream.publishAgain(edit(meow, 2, "second"), created);
      await().atMost(SOON).until(() -> last(browser).isEdit());
      stream.publish(deletion(meow, 3), created, edited);
      stream.publishAgain(meow);
      stream.publishAgain(edit(meow, 2, "second"), created);
      long last = stream.publish(stream.meow("another"));

      await().atMost(SOON).until(() -> last(browser).sequence() == last);
      assertThat(browser.frames()).extracting(Received::kind).endsWith(4, 5, 1).hasSizeLessThan(6);
      assertThat(browser.frames()).filteredOn(Received::isEdit).hasSize(1);
      assertNothingComesBack(browser);
    }
    assertThat(pusher.counted("meower.events.repeated")).isEqualTo(3);
  }

  @Test
  void takesADeletionWithAMalformedHeaderForNoEvent() throws Exception {
    MeowCreated meow = stream.meow("stays");
    stream.publish(meow);
    stream.publishWithHeader(deletion(meow, 2), "1;2");
    long last = stream.publish(stream.meow("and on"));
    pusher.awaitHead(last);

    try (Browser browser = pusher.connect("?after=" + epoch)) {
      await().atMost(SOON).until(() -> browser.count() == 3);
      assertThat(browser.sequences()).containsExactly(1L, last);
    }
    assertThat(pusher.counted("meower.events.skipped")).isEqualTo(1);
  }

  private Pusher startPusher() {
    Pusher started = Pusher.start(nats.url(), "meower.pusher.log-frames=" + WINDOW);
    started.awaitFeed();
    return started;
  }

  /** A meow, its edit and its deletion; returns their sequences. */
  private List<Long> publishSecret() throws Exception {
    MeowCreated meow = stream.meow(SECRET + " #cats");
    stream.publish(5, "before");
    long created = stream.publish(meow);
    stream.publish(5, "between");
    long edited = stream.publish(edit(meow, 2, SECRET + " at all"), created);
    stream.publish(5, "between");
    return List.of(created, edited, stream.publish(deletion(meow, 3), created, edited));
  }

  private void assertToldAndNotShown(Pusher by, long last) {
    for (String topics : List.of("", "&topic=%23cats")) {
      try (Browser browser = by.connect("?after=" + epoch + topics)) {
        await().atMost(SOON).until(() -> told(browser) == 1);
        if (topics.isEmpty()) {
          await().atMost(SOON).until(() -> last(browser).sequence() == last);
        }
        assertThat(browser.hello().resumed()).isTrue();
        assertThat(frames(browser)).doesNotContain(SECRET);
      }
    }
  }

  /** No text of a meow comes after its deletion. */
  private static void assertNothingComesBack(Browser browser) {
    List<String> gone = new ArrayList<>();
    for (Received frame : browser.frames()) {
      if (frame.isDeletion()) {
        gone.add(frame.text("id"));
      } else if (frame.isMeow() || frame.isEdit()) {
        assertThat(gone).doesNotContain(frame.text("id"));
      }
    }
  }

  private static long told(Browser browser) {
    return deletions(browser).size();
  }

  private static List<Long> deletions(Browser browser) {
    return browser.frames().stream().filter(Received::isDeletion).map(Received::sequence).toList();
  }

  private static String frames(Browser browser) {
    return browser.frames().toString();
  }

  private static Received last(Browser browser) {
    return browser.frames().getLast();
  }
}
