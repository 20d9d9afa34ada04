package meower.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.Headers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import meower.e2e.RunningMeower;
import meower.e2e.audit.AuditedMeower.Posted;
import meower.e2e.audit.AuditedMeower.Result;
import meower.query.model.MeowDocument;
import meower.schema.DeletedBy;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.schema.signing.EventSignatures;
import meower.schema.signing.SignedMessage;
import meower.signing.KeyFile;
import meower.standalone.stack.Part;
import meower.stream.Streams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Postgres and the stream are broken by hand; the audit names it and mends it. */
class StreamMendingIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final AuditedMeower meower = new AuditedMeower();

  @BeforeEach
  void agree() {
    meower.awaitAgreement();
  }

  @AfterEach
  void restore() throws SQLException {
    meower.close();
  }

  @Test
  void namesAndErasesATextThatCameBackIntoTheStream() throws Exception {
    String id = meower.postNow("text that comes back").id();
    MeowDocument document = meower.indexed(id, 1);
    meower.relay().stand();
    long deletion = publishDeletion(document);
    // As the relay leaves it, but for the message, which is still there.
    meower.execute(
        """
        with deleted as (
          insert into meow_event (id, revision, kind, created_at, at, deleted_by)
          select id, 2, 'd', created_at, created_at, 'o' from meow_event where id = ?
          returning seq
        ), erased as (
          update meow_event set body = null where id = ?
        ), present as (
          update stream_epoch set erased = erased + 1
          where number = (select max(number) from stream_epoch)
          returning number
        ), gone as (
          update publication set erasure = 2
          from present where epoch = number and sequence = ?::bigint
        )
        insert into publication (epoch, sequence, meow_seq)
        select number, ?::bigint, seq from present, deleted
        """,
        id,
        id,
        "" + document.sequence(),
        "" + deletion);

    Result found = meower.audit();
    Result mended = meower.audit("--repair");

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.output())
        .containsPattern(
            "unexpected +stream +id=" + id + " sequence=" + document.sequence() + " its meow is")
        .contains("1 differences")
        .doesNotContain("text that comes back");
    assertThat(mended.status()).as(mended.output()).isZero();
  }

  @Test
  void namesAndMendsAnEditThatIsNeitherPublishedNorInTheOutbox() throws Exception {
    String id = meower.postNow("lost edit").id();
    meower.indexed(id, 1);
    meower.execute(
        """
        insert into meow_event (id, revision, kind, body, created_at, at)
        select id, 2, 'e', 'found edit', created_at, created_at from meow_event where id = ?
        """,
        id);

    Result found = meower.audit();
    Result mended = meower.audit("--repair");

    assertThat(found.output()).containsPattern("missing +postgres +id=" + id + " revision=2");
    assertThat(found.output()).contains("1 differences");
    assertThat(mended.status()).as(mended.output()).isZero();
    assertThat(meower.indexed(id, 2).body()).isEqualTo("found edit");
  }

  @Test
  void namesLivesThatCannotHaveBeen() throws Exception {
    Posted meow = meower.postNow("impossible life");
    Posted deleted = meower.postNow("deleted life");
    meower.delete(deleted);
    meower.indexed(deleted.id(), 2);
    meower.relay().stand();
    insertEdit(meow.id(), 3);
    insertEdit(deleted.id(), 3);
    meower.execute(
        "update meow_event set body = 'left' where id = ? and revision = 1", deleted.id());

    Result found = meower.audit();
    meower.execute("update meow_event set body = null where id = ? and revision = 1", deleted.id());
    takeOut(meow.id(), 3);
    takeOut(deleted.id(), 3);

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.output())
        .containsPattern("changed +postgres id=" + meow.id() + " revision=3 there is no revision")
        .containsPattern("unexpected postgres id=" + deleted.id() + " revision=3 comes after the")
        .containsPattern("changed +postgres id=" + deleted.id() + " has a text although")
        .containsPattern("changed +postgres id=" + deleted.id() + " revision=3 has a text although")
        .contains("4 differences");
  }

  @Test
  void namesAndMendsAMeowThatIsNeitherPublishedNorInTheOutbox() throws Exception {
    MeowCreated lost = meower.unknown("lost from the outbox");
    meower.store(lost);

    Result found = meower.audit();
    Result mended = meower.audit("--repair");

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.output()).containsPattern("missing +postgres +id=" + lost.id());
    assertThat(mended.status()).as(mended.output()).isZero();
    await().atMost(SOON).until(() -> meower.api().get("/meows/" + lost.id()).statusCode() == 200);
    assertThat(meower.audit().output()).contains("0 differences");
  }

  @Test
  void namesAndMendsAMeowThatIsPublishedAndInTheOutbox() throws Exception {
    String id = meower.post(1).getFirst();
    meower.relay().stand();
    meower.execute("insert into outbox (event_seq) select seq from meow_event where id = ?", id);

    Result found = meower.audit();
    Result mended = meower.audit("--repair");

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.output()).containsPattern("unexpected +postgres +id=" + id);
    assertThat(mended.status()).as(mended.output()).isZero();
  }

  @Test
  void namesAndMendsAMessageThatDoesNotBelongIntoTheStream() throws Exception {
    List<String> posted = meower.post(3);
    MeowCreated extra = meower.unknown("extra in the stream");
    publish(MeowEventJson.encode(extra));

    Result found = meower.audit();
    Result mended = meower.audit("--repair");

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.output())
        .containsPattern("unexpected +stream +id=" + extra.id())
        .contains("body=\"extra in the stream\"");
    assertThat(mended.status()).as(mended.output()).isZero();
    await().atMost(SOON).until(() -> meower.api().get("/meows/" + extra.id()).statusCode() == 404);
    assertThat(meower.api().get("/meows/" + posted.getLast()).statusCode()).isEqualTo(200);
  }

  /** Returns its sequence. */
  private long publishDeletion(MeowDocument document) throws Exception {
    Instant createdAt = Instant.parse(document.createdAt());
    MeowDeleted deletion =
        new MeowDeleted(new MeowId(document.id()), 2, createdAt, createdAt, DeletedBy.OPERATOR);
    Connection nats = meower.access().nats(Part.COMMAND);
    try {
      StreamInfo stream = nats.jetStreamManagement().getStreamInfo(MeowStream.NAME);
      Position place =
          new Position(Streams.epoch(stream), stream.getStreamState().getLastSequence() + 1);
      String earlier = "" + document.sequence();
      byte[] payload = MeowEventJson.encode(deletion);
      EventSignatures signatures =
          new EventSignatures(KeyFile.read(RunningMeower.get().data().resolve("keys/events")));
      Headers headers = new Headers().put(EarlierSequences.HEADER, earlier);
      headers.put(
          MeowStream.SIGNATURE,
          signatures
              .sign(new SignedMessage(place, MeowStream.DELETED, null, earlier, payload))
              .orElseThrow());
      return nats.jetStream().publish(MeowStream.DELETED, headers, payload).getSeqno();
    } finally {
      nats.close();
    }
  }

  /** Stores an edit and puts it into the outbox. */
  private void insertEdit(String id, int revision) throws SQLException {
    meower.execute(
        """
        with stored as (
          insert into meow_event (id, revision, kind, body, created_at, at)
          select id, ?::smallint, 'e', 'edit', created_at, created_at
          from meow_event where id = ? and revision = 1
          returning seq
        )
        insert into outbox (event_seq) select seq from stored
        """,
        "" + revision,
        id);
  }

  private void takeOut(String id, int revision) throws SQLException {
    meower.execute(
        """
        with gone as (
          delete from meow_event where id = ? and revision = ?::smallint returning seq
        )
        delete from outbox using gone where event_seq = gone.seq
        """,
        id,
        "" + revision);
  }

  private void publish(byte[] payload) throws Exception {
    Connection nats = meower.access().nats(Part.COMMAND);
    try {
      nats.jetStream().publish(MeowStream.CREATED, payload);
    } finally {
      nats.close();
    }
  }
}
