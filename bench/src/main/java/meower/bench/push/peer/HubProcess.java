package meower.bench.push.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import meower.bench.push.client.Publisher;
import meower.bench.push.client.Text;

/**
 * A server that says {@code ready} and then sends each line of its input to every browser. It lives
 * as long as the measurement.
 */
final class HubProcess implements Publisher {

  private static final byte[] NEW_LINE = {'\n'};

  private final Process process;
  private final OutputStream lines;

  HubProcess(List<String> command, Path directory) throws IOException {
    process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    lines = process.getOutputStream();
    var said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String first = said.readLine();
    if (!"ready".equals(first)) {
      process.destroyForcibly();
      throw new IOException(command + " did not start: " + first);
    }
  }

  @Override
  public void publish(long number) throws IOException {
    lines.write(Text.frame(number, System.nanoTime()));
    lines.write(NEW_LINE);
    lines.flush();
  }

  /** Its input ends, and so does it; one that is busy is ended. */
  @Override
  public void close() throws IOException {
    lines.close();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
