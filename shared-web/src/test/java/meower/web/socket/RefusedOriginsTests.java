package meower.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RefusedOriginsTests {

  private final AtomicLong clock = new AtomicLong();
  private final RefusedOrigins refused =
      new RefusedOrigins("meower.pusher.allowed-origins", clock::get);

  @Test
  void leaveOneLineInATimeHoweverManyThereAre(CapturedOutput output) {
    for (int i = 0; i < 1_000; i++) {
      refused.add("https://site" + i + ".example");
    }
    assertThat(output.getOut().lines())
        .singleElement()
        .asString()
        .contains("origin=\"https://site0.example\"", "untold=0");

    clock.addAndGet(RefusedOrigins.PAUSE.toNanos() - 1);
    refused.add("https://too-early.example");
    clock.incrementAndGet();
    refused.add("https://next.example");

    assertThat(output.getOut().lines())
        .hasSize(2)
        .last()
        .asString()
        .contains("origin=\"https://next.example\"", "untold=1000");
  }

  @Test
  void cannotWriteALineOfTheirOwn(CapturedOutput output) {
    refused.add("http://a\r\n12:00 ERROR\t\u001b[31m\u007f\u009b \"\\ é");

    assertThat(output.getOut().lines())
        .singleElement()
        .asString()
        .contains(
            "origin=\"http://a\\u000d\\u000a12:00 ERROR\\u0009\\u001b[31m\\u007f\\u009b"
                + " \\u0022\\u005c \\u00e9\"");
  }

  @Test
  void cannotFillTheLog(CapturedOutput output) {
    refused.add("http://" + "x".repeat(8_000));

    assertThat(output.getOut()).hasSizeLessThan(500);
  }
}
