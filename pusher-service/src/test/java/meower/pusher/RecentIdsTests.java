package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Random;
import meower.schema.MeowId;
import meower.schema.MeowIdGenerator;
import org.junit.jupiter.api.Test;

class RecentIdsTests {

  private final MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new Random(1));
  private final RecentIds recent = new RecentIds(2);

  @Test
  void recognisesAMeowThatWentByLately() {
    MeowId id = ids.next();

    assertThat(recent.add(id)).isTrue();
    assertThat(recent.add(id)).isFalse();
  }

  @Test
  void forgetsTheOldestBeyondItsCapacity() {
    MeowId first = ids.next();
    MeowId second = ids.next();
    recent.add(first);
    recent.add(second);
    recent.add(ids.next());

    assertThat(recent.add(second)).isFalse();
    assertThat(recent.add(first)).isTrue();
  }
}
