package meower.pusher.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import meower.pusher.frame.BatchTexts;
import meower.pusher.frame.EventFrames;
import meower.pusher.frame.EventFrames.Outcome;
import meower.pusher.frame.Frame;
import meower.pusher.frame.Frames;
import meower.schema.DeletedBy;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.schema.signing.EventSignatures;
import meower.stream.RecentEvents;
import meower.stream.signing.EventDecoder;
import meower.stream.signing.ForgedMessages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFramesTests {

  private static final Position EPOCH = new Position("e1", 0);
  private static final MeowId MEOW = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU");
  private static final Instant THEN = Instant.parse("2026-11-21T03:45:10Z");
  private static final MeowCreated CREATED = new MeowCreated(MEOW, "about #cats", THEN);
  private static final MeowEdited EDITED = new MeowEdited(MEOW, 2, "about #dogs", THEN, THEN);
  private static final MeowDeleted DELETED =
      new MeowDeleted(MEOW, 3, THEN, THEN, DeletedBy.MODERATOR);

  private final EventFrames frames =
      new EventFrames(
          EPOCH, new EventDecoder(EventSignatures.NONE, new ForgedMessages(), () -> {}));

  @Test
  void showsEachEventOfAMeow() {
    assertThat(of(5, CREATED, null))
        .isInstanceOfSatisfying(
            Outcome.Created.class,
            created -> {
              assertThat(created.topics()).containsExactly("cats");
              assertThat(BatchTexts.text(created.wire()))
                  .isEqualTo(Frames.meow(CREATED, EPOCH.at(5)));
            });
    assertThat(of(7, EDITED, "5"))
        .isInstanceOfSatisfying(
            Outcome.Edited.class,
            edited ->
                assertThat(BatchTexts.text(edited.wire()))
                    .isEqualTo(Frames.edited(EDITED, EPOCH.at(7))));
    assertThat(of(9, DELETED, "5,7"))
        .isInstanceOfSatisfying(
            Outcome.Deleted.class,
            deleted -> {
              assertThat(deleted.earlier()).containsExactly(5L, 7L);
              assertThat(BatchTexts.text(deleted.wire()))
                  .isEqualTo(Frames.deleted(DELETED, EPOCH.at(9)));
            });
  }

  @Test
  void showsADeletionOfWhichTheStreamHasNothingElse() {
    assertThat(of(5, DELETED, null))
        .isInstanceOfSatisfying(
            Outcome.Deleted.class, deleted -> assertThat(deleted.earlier()).isEmpty());
  }

  /** A browser may come back behind any of them, except behind the last. */
  @Test
  void showsADeletionInEachPlaceThatItHasInARefilledStream() {
    assertThat(of(5, DELETED, null)).isInstanceOf(Outcome.Deleted.class);
    assertThat(of(7, DELETED, "5")).isInstanceOf(Outcome.Deleted.class);
    assertThat(of(9, DELETED, "5,7")).isInstanceOf(Outcome.Deleted.class);
  }

  @Test
  void showsACreationAndAnEditOnce() {
    of(5, CREATED, null);
    of(6, EDITED, "5");

    assertThat(of(7, CREATED, null)).isEqualTo(new Outcome.Repeated());
    assertThat(of(8, EDITED, "5")).isEqualTo(new Outcome.Repeated());
  }

  /** The first message was erased before this instance began to read. */
  @Test
  void showsNothingOfAMeowAfterItsDeletion() {
    of(9, DELETED, "5,7");

    assertThat(of(10, CREATED, null)).isEqualTo(new Outcome.Repeated());
    assertThat(of(9 + RecentEvents.SPAN, EDITED, "5")).isEqualTo(new Outcome.Repeated());
    assertThat(of(10 + RecentEvents.SPAN, other(), null)).isInstanceOf(Outcome.Created.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "7,5", "0", "5;7", "5, 7", "-1"})
  void takesAMessageWithAMalformedHeaderForNoEvent(String header) {
    assertThat(of(9, EDITED, header)).isInstanceOf(Outcome.Malformed.class);
    assertThat(of(10, DELETED, header)).isInstanceOf(Outcome.Malformed.class);
    assertThat(of(11, DELETED, "5,7")).isInstanceOf(Outcome.Deleted.class);
  }

  @Test
  void takesADeletionByNobodyForNoEvent() {
    String payload =
        """
        {"id": "%s", "revision": 2, "created_at": "%s", "deleted_at": "%s", "by": "nobody"}\
        """
            .formatted(MEOW, THEN, THEN);

    assertThat(
            frames.of(
                5, MeowStream.DELETED, new Headers(), payload.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Outcome.Malformed.class);
  }

  /** What a page leaves out that the events of a deleted meow come into. */
  @Test
  void leaveNothingOfADeletedMeowInAPage() {
    PageDraft draft = new PageDraft();
    take(draft, 5, CREATED, null);
    take(draft, 6, other(), null);
    take(draft, 7, EDITED, "5");
    take(draft, 9, DELETED, "5,7");
    take(draft, 11, CREATED, null);

    Page page = draft.page(4, 20);

    assertThat(page.frames()).extracting(Frame::sequence).containsExactly(6L, 9L);
    assertThat(page.frames())
        .extracting(Frame::kind)
        .containsExactly(Frame.Kind.CREATED, Frame.Kind.DELETED);
    assertThat(page.to()).isEqualTo(20);
  }

  @Test
  void leaveEveryDeletionInThePageOfARefilledStream() {
    PageDraft draft = new PageDraft();
    take(draft, 5, DELETED, null);
    take(draft, 7, DELETED, "5");
    take(draft, 9, DELETED, "5,7");

    assertThat(draft.page(4, 20).frames()).extracting(Frame::sequence).containsExactly(5L, 7L, 9L);
  }

  private void take(PageDraft draft, long sequence, MeowEvent event, @Nullable String earlier) {
    draft.take(sequence, of(sequence, event, earlier));
  }

  private Outcome of(long sequence, MeowEvent event, @Nullable String earlier) {
    Headers headers = new Headers();
    if (earlier != null) {
      headers.add(EarlierSequences.HEADER, earlier);
    }
    return frames.of(
        sequence, MeowEventJson.subjectOf(event), headers, MeowEventJson.encode(event));
  }

  private static MeowCreated other() {
    return new MeowCreated(new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGV"), "another", THEN);
  }
}
