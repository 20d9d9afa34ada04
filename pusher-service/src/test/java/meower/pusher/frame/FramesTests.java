package meower.pusher.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import meower.schema.DeletedBy;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowId;
import meower.schema.Position;
import meower.text.TextRange;
import org.junit.jupiter.api.Test;

class FramesTests {

  private static final Position POSITION = new Position("lz3k9q", 42);

  @Test
  void encodesAMeowAsTheContractSays() throws IOException {
    MeowCreated meow = meow("Hello 🐈 \"cats\" & <dogs>\nsecond line #meow");

    assertThat(Frames.meow(meow, POSITION)).isEqualTo(golden("meow"));
  }

  @Test
  void encodesWhatASearchHasFoundAsTheContractSays() throws IOException {
    String frame = Frames.meow(meow("Hello 🐈 \"cats\" & <dogs>\nsecond line #meow"), POSITION);
    List<TextRange> matches = List.of(new TextRange(0, 5), new TextRange(10, 14));

    assertThat(Frames.withMatches(frame, matches)).isEqualTo(golden("found"));
    assertThat(Frames.body(frame)).startsWith("Hello 🐈 \"cats\"");
  }

  @Test
  void encodesAnEditAsTheContractSays() throws IOException {
    MeowCreated meow = meow("Hello");
    MeowEdited edited =
        new MeowEdited(
            meow.id(),
            2,
            "Hello 🐈 again",
            meow.createdAt(),
            Instant.parse("2026-11-21T03:47:01.5Z"));

    assertThat(Frames.edited(edited, POSITION)).isEqualTo(golden("edited"));
  }

  @Test
  void encodesADeletionAsTheContractSays() throws IOException {
    MeowCreated meow = meow("Hello");
    MeowDeleted deleted =
        new MeowDeleted(
            meow.id(),
            3,
            meow.createdAt(),
            Instant.parse("2026-11-21T03:50:00Z"),
            DeletedBy.AUTHOR);

    assertThat(Frames.deleted(deleted, POSITION)).isEqualTo(golden("deleted"));
  }

  @Test
  void encodesHowManyAreOnlineAsTheContractSays() throws IOException {
    assertThat(Frames.online(123)).isEqualTo(golden("online"));
  }

  @Test
  void encodesAHelloAsTheContractSays() throws IOException {
    assertThat(Frames.hello(POSITION, false)).isEqualTo(golden("hello"));
  }

  @Test
  void encodesAGapAsTheContractSays() throws IOException {
    assertThat(Frames.gap(POSITION, POSITION.at(99))).isEqualTo(golden("gap"));
  }

  @Test
  void replacesAHalfSurrogatePairThatNoBrowserCouldBeSent() {
    String frame = WireFrame.of(Frames.meow(meow("half \ud83d of a cat"), POSITION)).text();

    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(frame)).isTrue();
    assertThat(frame).contains("half ? of a cat");
  }

  private static MeowCreated meow(String body) {
    return new MeowCreated(
        new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU"),
        body,
        Instant.parse("2026-11-21T03:45:10.123456Z"));
  }

  private static String golden(String name) throws IOException {
    try (InputStream file =
        FramesTests.class.getResourceAsStream("/golden/%s.json".formatted(name))) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .strip();
    }
  }
}
