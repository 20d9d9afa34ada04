package meower.pusher.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTests {

  private final FrameMemory memory = new FrameMemory();

  @Test
  void writesAsOnePieceWhatLiesTogether() {
    Batch batch = new Batch();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      texts.add("meow 🐈 " + i);
      batch.add(memory.add(WireFrame.of("meow 🐈 " + i)));
    }

    assertThat(batch.frames()).hasSize(100);
    assertThat(batch.pieces()).hasSize(1);
    assertThat(BatchTexts.texts(batch)).isEqualTo(texts);
  }

  @Test
  void leavesOutWhatIsInBetween() {
    WireFrame first = memory.add(WireFrame.of("first"));
    memory.add(WireFrame.of("second"));
    WireFrame third = memory.add(WireFrame.of("third"));
    Batch batch = new Batch();
    batch.add(first);
    batch.add(third);
    batch.add(WireFrame.of("elsewhere"));

    assertThat(batch.pieces()).hasSize(3);
    assertThat(BatchTexts.texts(batch)).containsExactly("first", "third", "elsewhere");
  }

  @Test
  void goesOnInOtherMemoryWhenOneIsFull() {
    String text = "x".repeat(1_000);
    Batch batch = new Batch();
    for (int i = 0; i < 131; i++) {
      batch.add(memory.add(WireFrame.of(text)));
    }

    assertThat(batch.pieces()).hasSize(3);
    assertThat(batch.pieces().stream().mapToInt(ByteBuffer::remaining))
        .allMatch(bytes -> bytes <= FrameMemory.PIECE);
    assertThat(BatchTexts.texts(batch)).hasSize(131).containsOnly(text);
  }

  @Test
  void anEventIsMadeOnceForAllWhoReadIt() {
    WireFrame frame = memory.add(WireFrame.of("{\"kind\":6,\"online\":3}"));
    byte[] event = frame.event();

    assertThat(frame.event()).isSameAs(event);
    assertThat(new String(event, StandardCharsets.UTF_8))
        .isEqualTo("event: online\ndata: {\"online\":3}\n\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 0xFFFF, 0x10000})
  void tellsWhatWasEncoded(int length) {
    String text = "x".repeat(length);

    assertThat(memory.add(WireFrame.of(text)).text()).isEqualTo(text);
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(new Batch().isEmpty()).isTrue();
    assertThat(new Batch().pieces()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 0xFFFF, 0x10000})
  void encodesTextsOfAnyLength(int length) {
    String text = "x".repeat(length);

    assertThat(BatchTexts.text(WireFrame.of(text))).isEqualTo(text);
    assertThat(BatchTexts.text(memory.add(WireFrame.of(text)))).isEqualTo(text);
  }
}
