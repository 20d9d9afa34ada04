package meower.program;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import meower.program.waiting.WaitingRooms;

/** Waits for those who wait. */
final class Awaiting {

  private Awaiting() {}

  /** Returns when so many fetches wait in an instance. */
  static void fetchesOf(RunningService service, int count) {
    WaitingRooms rooms = service.bean(WaitingRooms.class);
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(10))
        .until(() -> rooms.waiting() >= count);
  }
}
