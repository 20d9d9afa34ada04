package meower.standalone.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** {@code ./meower logs}: passes the lines of logs from its input on to the person who reads. */
public final class Logs {
  private Logs() {}

  public static void main(String[] arguments) throws IOException {
    var console = Console.ofThisProcess();
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = input.readLine(); line != null; line = input.readLine()) {
      console.pass(line);
    }
  }
}
