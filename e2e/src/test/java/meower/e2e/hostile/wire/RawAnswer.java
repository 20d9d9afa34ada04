package meower.e2e.hostile.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * One answer, read strictly: whatever is not exactly HTTP/1.1 is an {@link IllFormedException}.
 *
 * @param headers with names in lower case; repeated ones joined by a comma
 * @param body as it was before compression, byte for byte
 */
public record RawAnswer(int status, Map<String, String> headers, String body) {

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)(?: .*)?");
  private static final Pattern HEADER =
      Pattern.compile(
          "([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\x20-\\x7E\\x80-\\xFF\\t]*?)[ \\t]*");
  private static final int LONGEST_LINE = 32 * 1024;
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  /** The server said something that is not HTTP. */
  public static final class IllFormedException extends IOException {
    public IllFormedException(String message) {
      super(message);
    }
  }

  /**
   * Reads the next answer, after all that say only that it will come.
   *
   * @param toHead whether HEAD was asked, so that no body follows
   * @return nothing when the connection ended before the first byte
   */
  static Optional<RawAnswer> read(InputStream in, boolean toHead) throws IOException {
    int status;
    Map<String, String> headers;
    do {
      Optional<String> first = line(in);
      if (first.isEmpty()) {
        return Optional.empty();
      }
      status = status(first.get());
      headers = headers(in);
    } while (status == 100);
    boolean empty = toHead || status == 101 || status == 204 || status == 304;
    byte[] body = empty ? new byte[0] : inflated(body(in, headers), headers);
    return Optional.of(new RawAnswer(status, headers, Wire.of(body)));
  }

  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  public String text() {
    return new String(Wire.bytes(body), StandardCharsets.UTF_8);
  }

  /**
   * Whether no other answer follows on this connection. After a 412 nginx closes it without saying
   * so.
   */
  public boolean isLast() {
    return status == 101 || status == 412 || header("connection").equalsIgnoreCase("close");
  }

  private static int status(String line) throws IllFormedException {
    Matcher matcher = STATUS_LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllFormedException("no status line: " + Wire.printable(line));
    }
    return Integer.parseInt(matcher.group(1));
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = needed(in); !line.isEmpty(); line = needed(in)) {
      Matcher matcher = HEADER.matcher(line);
      if (!matcher.matches()) {
        throw new IllFormedException("no header: " + Wire.printable(line));
      }
      headers.merge(
          matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2), (a, b) -> a + ", " + b);
    }
    return headers;
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    String length = headers.get("content-length");
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return length == null ? chunks(in) : fail("chunked and with a length");
    }
    return length == null ? in.readNBytes(MOST_BYTES) : exactly(in, number(length, 10));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int size = number(needed(in), 16);
    while (size > 0) {
      body.write(exactly(in, size));
      if (!needed(in).isEmpty()) {
        fail("a chunk is longer than it said");
      }
      size = number(needed(in), 16);
    }
    return needed(in).isEmpty() ? body.toByteArray() : fail("something after the last chunk");
  }

  private static byte[] inflated(byte[] body, Map<String, String> headers) throws IOException {
    if (!headers.getOrDefault("content-encoding", "").equals("gzip")) {
      return body;
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return gzip.readNBytes(MOST_BYTES);
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    return bytes.length == length ? bytes : fail("cut off at " + bytes.length + " of " + length);
  }

  private static int number(String text, int radix) throws IllFormedException {
    try {
      int number = Integer.parseInt(text, radix);
      return number >= 0 && number <= MOST_BYTES ? number : fail("a length of " + text).length;
    } catch (NumberFormatException e) {
      throw new IllFormedException("no length: " + Wire.printable(text));
    }
  }

  private static byte[] fail(String what) throws IllFormedException {
    throw new IllFormedException(what);
  }

  private static String needed(InputStream in) throws IOException {
    return line(in).orElseThrow(() -> new IllFormedException("cut off between two lines"));
  }

  private static Optional<String> line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    if (c < 0) {
      return Optional.empty();
    }
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (line.append((char) c).length() > LONGEST_LINE) {
        fail("a line without end");
      }
    }
    if (c < 0 || line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
      fail("a line without CR LF: " + Wire.printable(line.toString()));
    }
    line.setLength(line.length() - 1);
    return Optional.of(line.toString());
  }
}
