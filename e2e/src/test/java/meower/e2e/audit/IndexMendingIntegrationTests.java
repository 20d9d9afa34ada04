package meower.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import meower.e2e.audit.AuditedMeower.Posted;
import meower.e2e.audit.AuditedMeower.Result;
import meower.query.model.MeowDocument;
import meower.schema.MeowCreated;
import meower.schema.MeowId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The index is broken by hand; the audit names it and mends it. */
class IndexMendingIntegrationTests {

  private static final JsonMapper JSON = JsonMapper.shared();

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
  void namesAndMendsDocumentsThatDoNotFollowEditsAndDeletions() throws Exception {
    Posted edited = meower.postNow("first text");
    Posted lost = meower.postNow("to be deleted");
    Posted left = meower.postNow("text to be left");
    MeowDocument older = meower.indexed(edited.id(), 1);
    MeowDocument text = meower.indexed(left.id(), 1);
    meower.edit(edited, "second text");
    meower.delete(lost);
    meower.delete(left);
    MeowDocument right = meower.indexed(edited.id(), 2);
    MeowDocument tombstone = meower.indexed(lost.id(), 2);
    MeowDocument other = meower.indexed(left.id(), 2);
    meower.put(edited.id(), older);
    meower.elastic("DELETE", "/meows/_doc/" + lost.id(), null);
    meower.put(left.id(), text);

    Result found = meower.audit();
    Result mended = meower.audit("--repair");

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.output())
        .containsPattern("changed +index +id=" + edited.id() + " revision=2")
        .containsPattern("missing +index +id=" + lost.id() + " revision=2")
        .containsPattern("changed +index +id=" + left.id() + " revision=2")
        .contains("3 differences")
        .doesNotContain("text to be left");
    assertThat(mended.status()).as(mended.output()).isZero();
    assertThat(meower.document(edited.id())).isEqualTo(right);
    assertThat(meower.document(lost.id())).isEqualTo(tombstone);
    assertThat(meower.document(left.id())).isEqualTo(other);
  }

  @Test
  void namesAndMendsWhatDiffersInTheIndex() throws Exception {
    List<String> posted = meower.post(5);
    MeowDocument changed = meower.document(posted.get(1));
    MeowDocument moved = meower.document(posted.get(2));
    MeowDocument unfindable = meower.document(posted.get(3));
    MeowDocument extra = MeowDocument.of(meower.unknown("extra"), 7);
    MeowDocument nowhere = MeowDocument.of(meower.unknown("nowhere"), 999_999_999);
    meower.elastic("DELETE", "/meows/_doc/" + posted.get(0), null);
    meower.put(changed.id(), document(changed, "other", "other"));
    meower.put(moved.id(), MeowDocument.of(created(moved), moved.sequence() - 1));
    meower.put(
        unfindable.id(), document(unfindable, Objects.requireNonNull(unfindable.body()), "hidden"));
    meower.put(extra.id(), extra);
    meower.put(nowhere.id(), nowhere);
    meower.put("twice", meower.document(posted.get(4)));

    Result found = meower.audit();
    Result mended = meower.audit("--repair");
    Result afterwards = meower.audit();

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.output())
        .containsPattern("missing +index +id=" + posted.get(0))
        .containsPattern("changed +index +id=" + changed.id())
        .containsPattern("misplaced +index +id=" + moved.id())
        .containsPattern("changed +index +id=" + unfindable.id())
        .containsPattern("unexpected +index +id=" + extra.id())
        .containsPattern("unexpected +index +id=" + nowhere.id())
        .containsPattern("unexpected +index +id=" + posted.get(4))
        .contains("7 differences");
    assertThat(mended.status()).as(mended.output()).isZero();
    assertThat(afterwards.output()).contains("0 differences");
  }

  private static MeowCreated created(MeowDocument document) {
    return new MeowCreated(
        new MeowId(document.id()),
        Objects.requireNonNull(document.body()),
        Instant.parse(document.createdAt()));
  }

  private static MeowDocument document(MeowDocument like, String body, String words) {
    return JSON.treeToValue(
        JSON.<ObjectNode>valueToTree(like).put("body", body).put("words", words),
        MeowDocument.class);
  }
}
