package meower.e2e.hostile.fuzz;

import meower.e2e.hostile.wire.Dice;
import meower.e2e.hostile.wire.Request;

/** Makes of a request something that is none any more, or another one than it seems. */
final class Garbage {

  private static final String[] FRAMINGS = {
    "Content-Length: 0",
    "Content-Length: 5",
    "Content-Length: 99999",
    "Content-Length: -1",
    "Content-Length: +3",
    "Content-Length: 0x5",
    "Content-Length: 5, 5",
    "Content-Length: 5, 6",
    "Content-Length: 18446744073709551616",
    "Content-Length:",
    "Content-Length: fz",
    "Content-Length : 5",
    "Content-Length: 104857600",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: xchunked",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: chunked, identity",
    "Transfer-Encoding:\tchunked",
    "Transfer-Encoding: \u000Bchunked",
    "Transfer-Encoding : chunked",
    " Transfer-Encoding: chunked",
    "Expect: fz"
  };

  private static final String[] CHUNKS = {
    "0\r\n\r\n",
    "5\r\nbody=\r\n0\r\n\r\n",
    "-1\r\nx\r\n",
    "zz\r\n",
    "7fffffffffffffff\r\nx",
    "ffffffffffffffffff\r\nx",
    "5;fz=\"\r\nbody=\r\n0\r\n\r\n",
    "5\nbody=\n0\n\n",
    "3\r\nbody=\r\n0\r\n\r\n",
    "0\r\nX-Fz: 1\r\n\r\n",
    "0\r\nfz\r\n\r\n",
    "0x5\r\nbody=\r\n0\r\n\r\n",
    " 5\r\nbody=\r\n0\r\n\r\n",
    "5\r\n",
    "1" + "0".repeat(300) + "\r\n",
    "1;" + "f".repeat(9000) + "\r\nx\r\n0\r\n\r\n"
  };

  private static final String[] FIRST_LINES = {
    "GET",
    "GET /meows",
    "GET  /meows HTTP/1.1",
    "GET /meows HTTP/1.0",
    "GET /meows HTTP/0.9",
    "GET /meows HTTP/2.0",
    "GET /meows HTTP/1.1 ",
    "GET /meows HTTP/9.9",
    "GET /meows FZ/1.1",
    "get /meows HTTP/1.1",
    "G\u00C9T /meows HTTP/1.1",
    " GET /meows HTTP/1.1",
    "GET /me ows HTTP/1.1",
    "GET /meows\tHTTP/1.1",
    "GET /meows?query=| HTTP/1.1",
    "GET /search?query=\"fz\" HTTP/1.1",
    "GET /search?query={fz}[] HTTP/1.1",
    "GET /search?query=\u00C3\u00A9\u00FF HTTP/1.1",
    "GET meows HTTP/1.1",
    "GET //fz/meows HTTP/1.1",
    "GET ../meows HTTP/1.1",
    "CONNECT fz:443 HTTP/1.1",
    "CONNECT /meows HTTP/1.1",
    "\0",
    "PRI * HTTP/2.0",
    "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00FC\u0003\u0003",
    "PROXY TCP4 1.1.1.1 1.1.1.1 1 1",
    "SSH-2.0-fz",
    "EHLO fz",
    "GET /" + "f".repeat(7000) + " HTTP/1.1",
    "GET /meows?" + "f=1&".repeat(2500) + " HTTP/1.1",
    "F".repeat(9000) + " / HTTP/1.1",
    "POST /meows?body=fz HTTP/1.1",
    "GET /meows#fz HTTP/1.1",
    "GET /meows\\fz HTTP/1.1",
    "GET /<fz>^` HTTP/1.1"
  };

  private static final String[] HEADERS = {
    "Host: fz, fz",
    "Host:",
    "Host: [::1",
    "Host: fz:99999",
    "Host: f z",
    "Host: \u00FF",
    "Host: @",
    "Host: fz:fz",
    "Host: ../fz",
    "Host: a\0b",
    "Fz",
    ": fz",
    "F z: 1",
    " fz: 1",
    "X-Fz: a\0b",
    "X-Fz: \u0001",
    "X-Fz: a\rb",
    "X-Fz: a\n b",
    "X-Fz:\r\n folded",
    "X-Fz: \u00FF\u00FE",
    "X-F\u00E9: 1",
    "X-Fz: " + "f".repeat(9000),
    "X-Fz: 1\r\n".repeat(150) + "X-Fz: 2",
    "Connection: close",
    "Connection: \"",
    "Upgrade: websocket\r\nConnection: Upgrade",
    "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
    "Content-Type: multipart/form-data; boundary=" + "b".repeat(200)
  };

  private Garbage() {}

  static String of(Dice dice, Request request) {
    String wire = request.wire();
    return switch (dice.below(9)) {
      case 0 ->
          wire.replaceFirst(
              "^[^\r]*", java.util.regex.Matcher.quoteReplacement(dice.oneOf(FIRST_LINES)));
      case 1, 2 -> withHeader(wire, dice.oneOf(HEADERS));
      case 3 -> withHeader(wire, dice.oneOf(FRAMINGS));
      case 4 -> chunked(dice, wire);
      case 5 -> wire.substring(0, dice.below(wire.length()));
      case 6 -> wire.replace("\r\n", dice.oneOf("\n", "\r", "\r\r\n", "\n\r", " \r\n"));
      case 7 ->
          wire.replaceFirst(
              "Host: [^\r]*\r\n", dice.oneOf("", "Host: a\r\nHost: b\r\n", "hOsT:localhost\r\n"));
      default -> bytesChanged(dice, wire);
    };
  }

  private static String withHeader(String wire, String header) {
    int end = wire.indexOf("\r\n") + 2;
    return wire.substring(0, end) + header + "\r\n" + wire.substring(end);
  }

  private static String chunked(Dice dice, String wire) {
    return wire.substring(0, wire.indexOf("\r\n\r\n")).replaceFirst("\r\nContent-Length: \\d+", "")
        + "\r\nTransfer-Encoding: chunked\r\n\r\n"
        + dice.oneOf(CHUNKS);
  }

  private static String bytesChanged(Dice dice, String wire) {
    StringBuilder changed = new StringBuilder(wire);
    for (int i = dice.between(1, 8); i > 0 && !changed.isEmpty(); i--) {
      int at = dice.below(changed.length());
      switch (dice.below(4)) {
        case 0 -> changed.setCharAt(at, (char) dice.below(256));
        case 1 -> changed.insert(at, (char) dice.below(256));
        case 2 -> changed.deleteCharAt(at);
        default ->
            changed.insert(
                at, changed.substring(at, Math.min(changed.length(), at + dice.below(40))));
      }
    }
    return changed.toString();
  }
}
