package meower.pusher;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A browser that misbehaves as the test wants: it reads only when it is told to, answers no ping
 * and sends any header.
 */
final class RawBrowser implements AutoCloseable {

  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int SMALL_BUFFER = 16_384;
  private static final int READ_AT_ONCE = 2_048;
  private static final int READ_TIMEOUT = 20_000;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final List<String> responseHead = new ArrayList<>();

  /**
   * One frame of the WebSocket protocol.
   *
   * @param text its payload
   * @param closeCode the code of a close frame
   */
  record RawFrame(int opcode, String text, int closeCode) {}

  private RawBrowser(URI uri) throws IOException {
    socket.setReceiveBufferSize(SMALL_BUFFER);
    socket.setSoTimeout(READ_TIMEOUT);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), READ_AT_ONCE));
  }

  static RawBrowser connect(URI uri, String... headers) throws IOException {
    RawBrowser browser = new RawBrowser(uri);
    browser.shakeHands(uri, headers);
    return browser;
  }

  String statusLine() {
    return responseHead.getFirst();
  }

  List<String> responseHead() {
    return List.copyOf(responseHead);
  }

  /** Reads the next frame, waiting for it. */
  RawFrame read() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    int closeCode = opcode == CLOSE ? ((payload[0] & 0xff) << 8) | (payload[1] & 0xff) : 0;
    return new RawFrame(opcode, new String(payload, StandardCharsets.UTF_8), closeCode);
  }

  /** Waits until the server ends the connection; one that is reset did not end in order. */
  boolean isEndedInOrder() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends a frame; the mask of zeros leaves the payload as it is. */
  void send(int opcode, byte[] payload) throws IOException {
    byte[] frame = new byte[6 + payload.length];
    frame[0] = (byte) (0x80 | opcode);
    frame[1] = (byte) (0x80 | payload.length);
    System.arraycopy(payload, 0, frame, 6, payload.length);
    socket.getOutputStream().write(frame);
  }

  /** Sends what the test wants on the wire, in hexadecimal. */
  void sendHex(String wire) throws IOException {
    socket.getOutputStream().write(HexFormat.of().parseHex(wire));
  }

  /** Drops the connection at once, whatever is still on its way. */
  void reset() throws IOException {
    if (!socket.isClosed()) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void shakeHands(URI uri, String... headers) throws IOException {
    String target = uri.getPath() + (uri.getQuery() == null ? "" : "?" + uri.getQuery());
    StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\n");
    if (Arrays.stream(headers).noneMatch(header -> header.startsWith("Host:"))) {
      request.append("Host: ").append(uri.getAuthority()).append("\r\n");
    }
    request.append("Connection: Upgrade\r\nUpgrade: websocket\r\n");
    request.append("Sec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    socket
        .getOutputStream()
        .write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      responseHead.add(line);
    }
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }
}
