package meower.bench.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Takes one answer apart as its bytes come in, as far as needed to know where it ends. Reused for
 * the next answer of the connection.
 *
 * <p>Knows Content-Length and chunked bodies, and statuses without one. Anything else is an error:
 * the servers that are measured do not send it.
 */
final class HttpAnswer {

  private static final int LARGEST_HEAD = 16 * 1024;
  private static final int NOT_MODIFIED = 304;
  private static final int NO_CONTENT = 204;

  private enum Part {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    TRAILER,
    COMPLETE
  }

  private final byte[] line = new byte[LARGEST_HEAD];
  private final boolean keeping;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int length;
  private Part part = Part.HEAD;
  private long left;
  private int status;
  private long bytes;
  private boolean last;

  /**
   * @param keeping whether somebody wants to know what the body says
   */
  HttpAnswer(boolean keeping) {
    this.keeping = keeping;
  }

  /** Forgets the answer. */
  void reset() {
    body.reset();
    length = 0;
    part = Part.HEAD;
    bytes = 0;
  }

  /** Returns the status once the head is there. */
  int status() {
    return status;
  }

  /** Tells whether the server closes the connection after it. */
  boolean isLast() {
    return last;
  }

  /** Returns how many bytes the body has, so far. */
  long bytes() {
    return bytes;
  }

  /** Returns the body so far; empty unless it is kept. */
  byte[] body() {
    return body.toByteArray();
  }

  /**
   * Takes what came in.
   *
   * @return whether the answer is complete
   * @throws IllegalStateException if it cannot be understood
   */
  boolean take(ByteBuffer in) {
    while (in.hasRemaining() && part != Part.COMPLETE) {
      switch (part) {
        case HEAD -> takeHead(in);
        case BODY -> takeBody(in, Part.COMPLETE);
        case CHUNK_SIZE -> takeChunkSize(in);
        case CHUNK -> takeBody(in, Part.CHUNK_SIZE);
        case TRAILER -> takeTrailer(in);
        case COMPLETE -> throw new IllegalStateException("more than one answer");
      }
    }
    return part == Part.COMPLETE;
  }

  private void takeHead(ByteBuffer in) {
    while (in.hasRemaining()) {
      add(in.get());
      if (endsWith("\r\n\r\n")) {
        readHead(new String(line, 0, length, StandardCharsets.ISO_8859_1));
        length = 0;
        return;
      }
    }
  }

  private void readHead(String head) {
    String[] lines = head.split("\r\n", -1);
    status = Integer.parseInt(lines[0].substring(9, 12));
    left = -1;
    boolean chunked = false;
    last = false;
    for (String each : lines) {
      String header = each.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        left = Long.parseLong(header.substring(15).strip());
      } else if (header.startsWith("transfer-encoding:")) {
        chunked = header.contains("chunked");
      } else if (header.startsWith("connection:")) {
        last = header.contains("close");
      }
    }
    if (status == NOT_MODIFIED || status == NO_CONTENT || left == 0) {
      part = Part.COMPLETE;
    } else if (chunked) {
      part = Part.CHUNK_SIZE;
    } else if (left > 0) {
      part = Part.BODY;
    } else {
      throw new IllegalStateException("an answer without a length: " + lines[0]);
    }
  }

  private void takeBody(ByteBuffer in, Part next) {
    int taken = (int) Math.min(left, in.remaining());
    if (keeping) {
      byte[] piece = new byte[taken];
      in.get(piece);
      body.writeBytes(piece);
    } else {
      in.position(in.position() + taken);
    }
    left -= taken;
    bytes += taken;
    if (left == 0) {
      part = next;
    }
  }

  /** The line end of the chunk before belongs to it. */
  private void takeChunkSize(ByteBuffer in) {
    while (in.hasRemaining()) {
      add(in.get());
      if (length > 2 && endsWith("\r\n")) {
        String size = new String(line, 0, length, StandardCharsets.ISO_8859_1).strip();
        length = 0;
        left = Long.parseLong(size, 16);
        part = left == 0 ? Part.TRAILER : Part.CHUNK;
        return;
      }
    }
  }

  private void takeTrailer(ByteBuffer in) {
    while (in.hasRemaining()) {
      add(in.get());
      if (endsWith("\r\n")) {
        length = 0;
        part = Part.COMPLETE;
        return;
      }
    }
  }

  private void add(byte next) {
    if (length == line.length) {
      throw new IllegalStateException("a head of more than 16 KB");
    }
    line[length++] = next;
  }

  private boolean endsWith(String end) {
    if (length < end.length()) {
      return false;
    }
    for (int i = 0; i < end.length(); i++) {
      if (line[length - end.length() + i] != end.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
