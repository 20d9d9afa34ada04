package meower.standalone.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import meower.standalone.stack.Instance;
import org.junit.jupiter.api.Test;

class ConsoleTests {
  private static final String HOSTILE = "a\u001b[2Jb\u009bc\u202ed\re\u2028f";
  private static final String ESCAPED = "a\\u{1B}[2Jb\\u{9B}c\\u{202E}d\\u{D}e\\u{2028}f";

  @Test
  void nothingThatItSaysSteersTheTerminal() {
    var instance = Instance.all(1).getFirst();
    List<BiConsumer<Console, String>> ways =
        List.of(Console::say, (console, line) -> console.show(instance, line), Console::pass);
    for (var way : ways) {
      assertThat(said(console -> way.accept(console, HOSTILE + "\nforged")))
          .contains(ESCAPED + "\\u{A}forged")
          .endsWith("\n")
          .containsOnlyOnce("\n");
    }
    assertThat(said(console -> console.warn("two\nlines \u009b")))
        .isEqualTo("two\nlines \\u{9B}\n");
  }

  @Test
  void showsAStackTraceAsItIs() {
    assertThat(said(console -> console.pass("\tat meower.Main"))).isEqualTo("    at meower.Main\n");
  }

  private static String said(Consumer<Console> speaker) {
    var bytes = new ByteArrayOutputStream();
    speaker.accept(new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8), false));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
