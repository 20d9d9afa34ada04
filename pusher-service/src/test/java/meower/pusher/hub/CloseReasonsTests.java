package meower.pusher.hub;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import org.junit.jupiter.api.Test;

class CloseReasonsTests {

  @Test
  void sendBrowsersElsewhereAtOnceWhenTheServerOrTheFeedGoesAway() {
    assertThat(code(CloseReasons.SHUTTING_DOWN)).isEqualTo(1001);
    assertThat(code(CloseReasons.STREAM_CHANGED)).isEqualTo(1001);
  }

  @Test
  void forbidToComeBackAfterABreachOfTheProtocol() {
    assertThat(code(CloseReasons.PROTOCOL_BROKEN)).isEqualTo(1008);
  }

  @Test
  void askToBackOffWhileThereIsNoPlaceOrNoFeed() {
    assertThat(code(CloseReasons.FULL)).isEqualTo(1013);
    assertThat(code(CloseReasons.NO_FEED_YET)).isEqualTo(1013);
    assertThat(code(CloseReasons.SILENT)).isEqualTo(1013);
  }

  private static int code(CloseReason reason) {
    return reason.getCloseCode().getCode();
  }
}
