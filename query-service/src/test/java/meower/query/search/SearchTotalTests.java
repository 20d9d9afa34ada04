package meower.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class SearchTotalTests {

  @Test
  void isWhatWasCountedWhenThatIsAll() {
    assertThat(new SearchTotal(7, true).seen(0, 5, true)).isEqualTo(new SearchTotal(7, true));
  }

  @Test
  void isAtLeastWhatWasSeen() {
    assertThat(SearchTotal.MANY.seen(0, 101, true)).isEqualTo(SearchTotal.MANY);
    assertThat(SearchTotal.MANY.seen(2_000, 101, true)).isEqualTo(new SearchTotal(2_101, false));
  }

  @Test
  void isExactWhereTheEndWasSeen() {
    assertThat(SearchTotal.MANY.seen(2_000, 17, false)).isEqualTo(new SearchTotal(2_017, true));
  }

  @Test
  void isStillUnknownBehindTheEnd() {
    assertThat(SearchTotal.MANY.seen(5_000, 0, false)).isEqualTo(SearchTotal.MANY);
  }

  @Test
  void isManyWhenThereAreMoreThanAreCounted() {
    assertThat(SearchTotal.MANY.isMany()).isTrue();
    assertThat(new SearchTotal(1_000, true).isMany()).isFalse();
    assertThat(new SearchTotal(999, false).isMany()).isFalse();
  }

  @Test
  void isNotExactWhenThereMayBeOthers() {
    assertThat(new SearchTotal(7, true).andOthers()).isEqualTo(new SearchTotal(7, false));
  }

  @Test
  void saysWhetherItIsExact() {
    HttpHeaders headers = new HttpHeaders();
    SearchTotal.MANY.addTo(headers);
    assertThat(headers.getFirst("Meower-Total")).isEqualTo("1000");
    assertThat(headers.getFirst("Meower-Total-Relation")).isEqualTo("at-least");
    SearchTotal.NONE.addTo(headers);
    assertThat(headers.getFirst("Meower-Total-Relation")).isEqualTo("exact");
  }
}
