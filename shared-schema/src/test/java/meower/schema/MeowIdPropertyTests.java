package meower.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.ksuid.Ksuid;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MeowIdPropertyTests {

  @Property
  void increasesStrictlyWhateverTheClockDoes(
      @ForAll("readings") List<Instant> readings, @ForAll long seed) {
    MeowIdGenerator generator = new MeowIdGenerator(new Readings(readings), new Random(seed));
    String last = "";
    for (int i = 0; i < readings.size(); i++) {
      String id = generator.next().value();
      assertThat(id).isGreaterThan(last);
      last = id;
    }
  }

  @Property
  void sortsByTimeAcrossGenerators(
      @ForAll("instants") Instant one, @ForAll("instants") Instant other, @ForAll long seed) {
    if (one.isBefore(other)) {
      assertThat(idAt(one, seed).value()).isLessThan(idAt(other, -seed).value());
    }
  }

  @Property
  void isAKsuidOfItsSecondToEveryTool(@ForAll("instants") Instant instant, @ForAll long seed) {
    MeowId id = idAt(instant, seed);
    assertThat(Ksuid.fromString(id.value()).getInstant().getEpochSecond())
        .isEqualTo(instant.getEpochSecond());
    assertThat(id.instant().getEpochSecond()).isEqualTo(instant.getEpochSecond());
  }

  @Property
  void tellsOfEveryIdWhenItWasMade(@ForAll("ids") String id) {
    assertThat(new MeowId(id).instant())
        .isBetween(Instant.parse("2014-05-13T16:53:20Z"), Instant.parse("2150-06-19T23:21:35Z"));
  }

  @Property
  void takesNoTextForAnIdThatIsNone(@ForAll String text) {
    assertThat(MeowId.isKsuid(text)).isEqualTo(text.matches("[0-9A-Za-z]{27}"));
  }

  private static MeowId idAt(Instant instant, long seed) {
    return new MeowIdGenerator(Clock.fixed(instant, ZoneOffset.UTC), new Random(seed)).next();
  }

  /**
   * The years 2020 to 2080: ids of much earlier or later ones are valid, and the library cannot
   * read them.
   */
  @Provide
  Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(1_600_000_000_000_000_000L, 3_500_000_000_000_000_000L)
        .map(nanos -> Instant.ofEpochSecond(0, nanos));
  }

  @Provide
  Arbitrary<String> ids() {
    return Arbitraries.strings()
        .ofLength(27)
        .withCharRange('0', '9')
        .withCharRange('A', 'Z')
        .withCharRange('a', 'z')
        .filter(MeowId::isKsuid);
  }

  @Provide
  Arbitrary<List<Instant>> readings() {
    return instants().list().ofMinSize(2).ofMaxSize(50);
  }

  /** A clock that is set forward and back between any two looks. */
  private static final class Readings extends Clock {

    private final Iterator<Instant> readings;

    Readings(List<Instant> readings) {
      this.readings = readings.iterator();
    }

    @Override
    public Instant instant() {
      return readings.next();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
