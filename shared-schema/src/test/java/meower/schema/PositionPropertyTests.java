package meower.schema;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PositionPropertyTests {

  @Property
  void readsWhatItWrote(@ForAll("positions") Position position) {
    assertThat(Position.parse(position.toString())).contains(position);
  }

  @Property
  void takesNoOtherTextForAPosition(@ForAll String text) {
    Position.parse(text)
        .ifPresent(position -> assertThat(Position.parse(position.toString())).contains(position));
  }

  @Property
  void refusesWhatIsAlmostAPosition(
      @ForAll("positions") Position position, @ForAll("strays") String stray) {
    assertThat(Position.parse(stray + position)).isEmpty();
    assertThat(Position.parse(position + stray)).isEmpty();
  }

  @Property
  void keepsTheEpochAtAnotherSequence(@ForAll("positions") Position position) {
    assertThat(position.at(position.sequence() + 1).epoch()).isEqualTo(position.epoch());
  }

  @Provide
  Arbitrary<Position> positions() {
    return Combinators.combine(
            Arbitraries.strings()
                .withCharRange('0', '9')
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(32),
            Arbitraries.longs().between(0, 999_999_999_999_999_999L))
        .as(Position::new);
  }

  @Provide
  Arbitrary<String> strays() {
    return Arbitraries.of("-", " ", "\n", "+", "\u0660", "A", ".", "\u0000");
  }
}
