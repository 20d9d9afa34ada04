package meower.command.publish;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A program with small buffers that takes its answers when it is told to, and no earlier. */
final class RawProgram implements AutoCloseable {

  private static final int SMALL = 8 * 1024;

  private final Socket socket = new Socket();
  private final DataInputStream in;

  RawProgram(int port, String pass) throws IOException {
    socket.setReceiveBufferSize(SMALL);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = new DataInputStream(socket.getInputStream());
    String handshake =
        """
        GET /publish HTTP/1.1
        Host: localhost
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        Meower-Pass: %s

        """
            .formatted(pass)
            .replace("\n", "\r\n");
    socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
    String head = readHead();
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new IOException(head);
    }
  }

  /** Sends text frames of one blank each, which are refused without asking anybody. */
  void sendBlanks(int count) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      frames.writeBytes(new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, ' '});
    }
    socket.getOutputStream().write(frames.toByteArray());
  }

  /** Takes as many answers; pings are none. */
  void takeAnswers(int count) throws IOException {
    for (int taken = 0; taken < count; ) {
      int opcode = in.readUnsignedByte() & 0x0F;
      int length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      }
      in.skipNBytes(length);
      taken += opcode == 1 ? 1 : 0;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException(head.toString());
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
