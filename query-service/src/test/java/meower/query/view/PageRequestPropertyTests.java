package meower.query.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import meower.web.ProblemException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PageRequestPropertyTests {

  @Property
  void takesWhatIsInsideItsBoundsAndRefusesTheRest(
      @ForAll @IntRange(min = -5, max = 600) int take,
      @ForAll @IntRange(min = -5, max = 11_000) int skip) {
    boolean inside = take >= 1 && take <= 500 && skip >= 0 && take + skip <= 10_000;
    if (inside) {
      assertThat(PageRequest.of("" + take, "" + skip, "")).isEqualTo(new PageRequest(take, skip));
    } else {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> PageRequest.of("" + take, "" + skip, ""));
    }
  }

  @Property
  void reachesTenThousandAndNotOneFurther(
      @ForAll @IntRange(min = 1, max = 500) int take,
      @ForAll @IntRange(min = -2, max = 2) int beyond) {
    takesWhatIsInsideItsBoundsAndRefusesTheRest(take, 10_000 - take + beyond);
  }

  @Property
  void namesTheParameterWhateverItsText(@ForAll String text) {
    if (!text.matches("[0-9]{1,9}")) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> PageRequest.of(text, null, ""))
          .satisfies(problem ->
              assertThat(problem.getBody().getProperties()).containsEntry("parameter", "take"));
    }
  }
}
