package meower.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.StreamInfo;
import io.nats.client.support.JsonParser;
import meower.schema.Position;
import org.junit.jupiter.api.Test;

class ContinuationTests {

  private static final String CREATED = "2026-11-21T04:33:47.532Z";

  @Test
  void goesOnWhenNothingIsMissingAfterTheHead() throws Exception {
    assertThat(of(stream("", CREATED, 1, 9), 9)).isEqualTo(Continuation.GOES_ON);
    assertThat(of(stream("", CREATED, 4, 12), 3)).isEqualTo(Continuation.GOES_ON);
    assertThat(of(stream("", CREATED, 10, 9), 9)).as("purged").isEqualTo(Continuation.GOES_ON);
  }

  @Test
  void waitsForAStreamThatIsBeingRefilled() throws Exception {
    assertThat(of(stream("refilling", CREATED, 1, 9), 9)).isEqualTo(Continuation.INCOMPLETE);
    assertThat(Continuation.of(stream("refilling", CREATED, 1, 9), null))
        .as("at the first look too")
        .isEqualTo(Continuation.INCOMPLETE);
  }

  @Test
  void waitsForAStreamThatHasLessThanWasSeenOfIt() throws Exception {
    assertThat(of(stream("", CREATED, 1, 8), 9)).isEqualTo(Continuation.INCOMPLETE);
  }

  @Test
  void beginsAnewWithAnotherStream() throws Exception {
    Position head = Streams.lastPosition(stream("", CREATED, 1, 9));
    StreamInfo other = stream("", "2026-11-22T04:33:47.532Z", 1, 9);

    assertThat(Continuation.of(other, head)).isEqualTo(Continuation.ANEW);
    assertThat(Continuation.of(other, null)).isEqualTo(Continuation.ANEW);
  }

  @Test
  void beginsAnewWhenWhatWouldComeNextIsGone() throws Exception {
    assertThat(of(stream("", CREATED, 11, 20), 9)).isEqualTo(Continuation.ANEW);
  }

  private static Continuation of(StreamInfo info, long head) {
    return Continuation.of(info, Streams.lastPosition(info).at(head));
  }

  private static StreamInfo stream(String description, String created, long first, long last)
      throws Exception {
    return new StreamInfo(
        JsonParser.parse(
            """
            {"config": {"name": "MEOWS", "description": "%s", "retention": "limits",
                        "storage": "file", "discard": "old"},
             "created": "%s",
             "state": {"first_seq": %d, "last_seq": %d}}
            """
                .formatted(description, created, first, last)));
  }
}
