package meower.query.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import meower.schema.DeletedBy;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class MeowDocumentTests {

  private static final MeowId ID = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU");
  private static final Instant CREATED_AT = Instant.parse("2026-11-21T03:45:10Z");
  private static final EarlierSequences EARLIER = new EarlierSequences(List.of(500L, 720L));

  private static final MeowDocument CREATED =
      MeowDocument.of(new MeowCreated(ID, "Häppy #Cat", CREATED_AT), 500, EarlierSequences.NONE);
  private static final MeowDocument EDITED =
      MeowDocument.of(
          new MeowEdited(ID, 3, "Häppy don’t #Dog", CREATED_AT, CREATED_AT.plusSeconds(5)),
          800,
          EARLIER);
  private static final MeowDocument DELETED =
      MeowDocument.of(
          new MeowDeleted(ID, 3, CREATED_AT, CREATED_AT.plusSeconds(9), DeletedBy.AUTHOR),
          900,
          EARLIER);

  @Test
  void hasOnlyWhatItWasPostedWithUntilItIsTouched() {
    assertThat(json(CREATED))
        .isEqualTo(
            "{\"id\":\"3G12Ptjdq1Yd5cJrsHFtjZdYqGU\",\"sequence\":500,"
                + "\"created_at\":\"2026-11-21T03:45:10Z\",\"body\":\"Häppy #Cat\","
                + "\"words\":\"happy cat\",\"tags\":[\"cat\"]}");
    assertThat(JsonMapper.shared().readValue(json(CREATED), MeowDocument.class)).isEqualTo(CREATED);
  }

  @Test
  void keepsItsPlaceAndSaysItsLatestEventWhenItWasEdited() {
    assertThat(EDITED.sequence()).isEqualTo(500);
    assertThat(EDITED.version()).isEqualTo(800);
    assertThat(EDITED.earlier()).containsExactly(500L, 720L);
    assertThat(EDITED.words()).isEqualTo("happy don t dog");
    assertThat(EDITED.names()).containsExactly("don't", "dont");
    assertThat(EDITED.tags()).containsExactly("dog");
  }

  @Test
  void hasNoTextWhenItWasDeleted() {
    assertThat(json(DELETED))
        .isEqualTo(
            "{\"id\":\"3G12Ptjdq1Yd5cJrsHFtjZdYqGU\",\"sequence\":500,"
                + "\"created_at\":\"2026-11-21T03:45:10Z\",\"revision\":3,\"gone\":true,"
                + "\"deleted_at\":\"2026-11-21T03:45:19Z\",\"by\":\"author\",\"version\":900,"
                + "\"earlier\":[500,720]}");
  }

  @Test
  void isAtItsOwnSequenceWhenTheStreamHasNoEarlierEvent() {
    MeowDeleted deleted =
        new MeowDeleted(ID, 2, CREATED_AT, CREATED_AT.plusSeconds(9), DeletedBy.OPERATOR);
    assertThat(MeowDocument.of(deleted, 1, EarlierSequences.NONE).sequence()).isEqualTo(1);
  }

  @Test
  void saysWhichEventHasMadeIt() {
    MeowCreated created = new MeowCreated(ID, "Häppy #Cat", CREATED_AT);
    assertThat(CREATED.event()).contains(created);
    assertThat(EDITED.event())
        .contains(new MeowEdited(ID, 3, "Häppy don’t #Dog", CREATED_AT, CREATED_AT.plusSeconds(5)));
    assertThat(DELETED.event())
        .contains(new MeowDeleted(ID, 3, CREATED_AT, CREATED_AT.plusSeconds(9), DeletedBy.AUTHOR));
  }

  @ParameterizedTest
  @CsvSource({
    "\"words\":\"happy cat\", \"words\":\"happy\"",
    "\"tags\":[\"cat\"], \"tags\":[]",
    "\"body\":\"Häppy #Cat\", \"by\":\"author\"",
    "2026-11-21T03:45:10Z, yesterday",
    "\"sequence\":500, \"sequence\":500;\"version\":501",
    "\"sequence\":500, \"sequence\":500;\"earlier\":[2;1]",
    "\"id\":\"3G12Ptjdq1Yd5cJrsHFtjZdYqGU\", \"id\":null",
    "\"sequence\":500, \"sequence\":500;\"deleted_at\":\"2026-11-21T03:45:19Z\""
  })
  void saysNoEventWhenNoneMakesItSo(String part, String instead) {
    String wrong = json(CREATED).replace(part, instead.replace(';', ','));
    assertThat(wrong).isNotEqualTo(json(CREATED));

    assertThat(JsonMapper.shared().readValue(wrong, MeowDocument.class).event()).isEmpty();
  }

  @Test
  void namesAllItsFields() {
    Set<String> fields = new HashSet<>();
    for (MeowDocument document : List.of(CREATED, EDITED, DELETED)) {
      fields.addAll(new ArrayList<>(JsonMapper.shared().valueToTree(document).propertyNames()));
    }
    assertThat(MeowDocument.FIELDS).isEqualTo(fields);
  }

  private static String json(MeowDocument document) {
    return JsonMapper.shared().writeValueAsString(document);
  }
}
