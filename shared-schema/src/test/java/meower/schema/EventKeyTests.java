package meower.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventKeyTests {

  private static final MeowId ID = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU");

  @Test
  void namesACreationAsItAlwaysWas() {
    assertThat(new EventKey(ID, 1)).hasToString(ID.value());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 22, 32767})
  void readsWhatItHasWritten(int revision) {
    EventKey key = new EventKey(ID, revision);

    assertThat(EventKey.parse(key.toString())).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "3G12Ptjdq1Yd5cJrsHFtjZdYqG",
        "zzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "3G12Ptjdq1Yd5cJrsHFtjZdYqGU.",
        "3G12Ptjdq1Yd5cJrsHFtjZdYqGU.0",
        "3G12Ptjdq1Yd5cJrsHFtjZdYqGU.-1",
        "3G12Ptjdq1Yd5cJrsHFtjZdYqGU.100000",
        "3G12Ptjdq1Yd5cJrsHFtjZdYqGU.2-7"
      })
  void isEmptyForWhatIsNoKey(String text) {
    assertThat(EventKey.parse(text)).isEmpty();
  }

  @Test
  void hasNoRevisionBeforeTheCreation() {
    assertThatIllegalArgumentException().isThrownBy(() -> new EventKey(ID, 0));
  }
}
