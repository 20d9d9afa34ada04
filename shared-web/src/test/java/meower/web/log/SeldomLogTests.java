package meower.web.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SeldomLogTests {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final SeldomLog log =
      new SeldomLog(LoggerFactory.getLogger(SeldomLogTests.class), nanos::get);

  @Test
  void writesTwentyLinesAMinuteAndSaysHowManyItLeftOut(CapturedOutput output) {
    for (int i = 0; i < 35_000; i++) {
      log.warn("line=" + i + ".");
    }
    assertThat(output).contains("line=0.", "line=19.").doesNotContain("line=20.");

    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    log.error("line=again", new IllegalStateException());
    assertThat(output).contains("left-out=34980", "line=again");
  }
}
