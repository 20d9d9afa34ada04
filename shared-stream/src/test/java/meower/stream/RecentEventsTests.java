package meower.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Random;
import meower.schema.EventKey;
import meower.schema.MeowIdGenerator;
import org.junit.jupiter.api.Test;

class RecentEventsTests {

  private final MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new Random(1));
  private final RecentEvents recent = new RecentEvents();
  private final EventKey event = next();

  @Test
  void recognisesAnEventThatWentByLately() {
    assertThat(recent.add(7, event)).isTrue();
    assertThat(recent.add(8, next())).isTrue();
    assertThat(recent.add(7 + RecentEvents.SPAN, event)).isFalse();
  }

  @Test
  void forgetsAnEventThatIsOutOfReach() {
    recent.add(7, event);

    assertThat(recent.add(8 + RecentEvents.SPAN, event)).isTrue();
  }

  @Test
  void countsFromTheLastTimeItWentBy() {
    recent.add(7, event);
    recent.add(500, event);

    assertThat(recent.add(500 + RecentEvents.SPAN, event)).isFalse();
  }

  @Test
  void findsTheSameRepeatsWhereverItBegins() {
    EventKey[] some = {next(), next(), next()};
    Random random = new Random(2);
    RecentEvents fromTheStart = new RecentEvents();
    RecentEvents later = new RecentEvents();
    for (int sequence = 1; sequence <= 20_000; sequence++) {
      EventKey next = random.nextInt(600) == 0 ? some[random.nextInt(3)] : next();
      boolean isNew = fromTheStart.add(sequence, next);
      if (sequence > 5_000) {
        boolean isNewToo = later.add(sequence, next);
        if (sequence > 5_000 + RecentEvents.SPAN) {
          assertThat(isNewToo).as("sequence %s", sequence).isEqualTo(isNew);
        }
      }
    }
  }

  @Test
  void tellsTheEventsOfAMeowApart() {
    recent.add(7, event);

    assertThat(recent.add(8, new EventKey(event.id(), 2))).isTrue();
  }

  private EventKey next() {
    return new EventKey(ids.next(), EventKey.CREATION);
  }
}
