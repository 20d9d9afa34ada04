package meower.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Random;
import meower.schema.MeowId;
import meower.schema.MeowIdGenerator;
import org.junit.jupiter.api.Test;

class RecentIdsTests {

  private final MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new Random(1));
  private final RecentIds recent = new RecentIds();
  private final MeowId id = ids.next();

  @Test
  void recognisesAMeowThatWentByLately() {
    assertThat(recent.add(7, id)).isTrue();
    assertThat(recent.add(8, ids.next())).isTrue();
    assertThat(recent.add(7 + RecentIds.SPAN, id)).isFalse();
  }

  @Test
  void forgetsAMeowThatIsOutOfReach() {
    recent.add(7, id);

    assertThat(recent.add(8 + RecentIds.SPAN, id)).isTrue();
  }

  @Test
  void countsFromTheLastTimeAMeowWentBy() {
    recent.add(7, id);
    recent.add(500, id);

    assertThat(recent.add(500 + RecentIds.SPAN, id)).isFalse();
  }

  @Test
  void findsTheSameRepeatsWhereverItBegins() {
    MeowId[] some = {ids.next(), ids.next(), ids.next()};
    Random random = new Random(2);
    RecentIds fromTheStart = new RecentIds();
    RecentIds later = new RecentIds();
    for (int sequence = 1; sequence <= 20_000; sequence++) {
      MeowId next = random.nextInt(600) == 0 ? some[random.nextInt(3)] : ids.next();
      boolean isNew = fromTheStart.add(sequence, next);
      if (sequence > 5_000) {
        boolean isNewToo = later.add(sequence, next);
        if (sequence > 5_000 + RecentIds.SPAN) {
          assertThat(isNewToo).as("sequence %s", sequence).isEqualTo(isNew);
        }
      }
    }
  }
}
