package meower.e2e.hostile.fuzz;

import meower.e2e.hostile.wire.Dice;
import meower.e2e.hostile.wire.Escapes;
import meower.e2e.hostile.wire.Request;
import meower.e2e.hostile.wire.Texts;

/** Makes reads: addresses and parameters that exist, that nearly do, and that never could. */
final class Reads {

  private static final String ID = "3MOxrnJudtVIZVQWRRvfcPtscI8";

  private static final String[] NAMES = {
    "take", "skip", "before", "after", "query", "sort", "wait", "body", "TAKE", "take[]", "", "fz",
    "_method", "debug", "q"
  };

  private static final String[] VALUES = {
    "",
    "0",
    "1",
    "2",
    "100",
    "500",
    "501",
    "-1",
    "9999",
    "10000",
    "2147483647",
    "2147483648",
    "-9223372036854775808",
    "99999999999999999999999",
    "1.0",
    "1e2",
    "0x1",
    "%2B5",
    "%205",
    "%D9%A3",
    "NaN",
    "null",
    "true",
    ID,
    ID + "0",
    "000000000000000000000000000",
    "zzzzzzzzzzzzzzzzzzzzzzzzzzz",
    "aWgEPTl1tmebfsQzFP4bxwgy80V",
    "relevance",
    "newest",
    "oldest",
    "2s",
    "5s",
    "6s",
    "-1s",
    "PT1S",
    "1ns",
    "1d",
    "s",
    "%00",
    "%0d%0aX-Injected:%20fz",
    "%FF",
    "%zz",
    "%"
  };

  private static final String[] PATHS = {
    "/",
    "/index.html",
    "/assets/",
    "/assets/fz.js",
    "/favicon.svg",
    "/robots.txt",
    "/meows/",
    "/meows//",
    "//meows",
    "/meows/" + ID,
    "/meows/" + ID + "/",
    "/meows/fz",
    "/meows/" + ID + ";fz=1",
    "/meows;fz=1",
    "/meows/%2e%2e/search",
    "/meows/../search",
    "/meows/..;/search",
    "/%6deows",
    "/meows%2F" + ID,
    "/meows/%2F",
    "/meows/%5c",
    "/meows/%00",
    "/MEOWS",
    "/meows.json",
    "/search/",
    "/search/fz",
    "/pusher",
    "/pusher/",
    "/pusher/info",
    "/publish",
    "/publish/",
    "/feed.atom",
    "/feed.json?topic=%23fz",
    "/feed.atom?query=fz&topic=%23fz",
    "/events?topic=fz",
    "/authenticate",
    "/access",
    "/pusher/fz/fz/websocket",
    "/healthz",
    "/livez",
    "/readyz",
    "/livez/command",
    "/problems/malformed-request",
    "/actuator",
    "/actuator/health",
    "/actuator/env",
    "/actuator/heapdump",
    "/error",
    "/api",
    "/favicon.ico",
    "/..",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/.git/config",
    "/nginx.conf",
    "/\u00FF",
    "/%FF",
    "/%C0%AE",
    "/" + "f".repeat(300),
    "/" + "f/".repeat(200),
    "*",
    "http://localhost/meows",
    "http://fz/search?query=fz",
    "http://[::1",
    "/meows?",
    "/meows?&&&",
    "/meows?=",
    "/search?query",
    "/search?query=&query=fz"
  };

  private static final String[] HEADERS = {
    "Accept: text/html",
    "Accept: application/xml;q=0.1",
    "Accept: nonsense",
    "Accept: */*;q=2",
    "Accept: ;;;",
    "Accept:",
    "Accept: application/problem+xml",
    "Accept-Encoding: gzip",
    "Accept-Encoding: br;q=1.0, *;q=0",
    "Accept-Language: %%%",
    "Accept-Charset: utf-16",
    "Range: bytes=0-1",
    "Range: bytes=9-1,x",
    "If-None-Match: *",
    "If-Match: \"fz\"",
    "If-Modified-Since: Mon, 32 Foo 9999",
    "If-Range: fz",
    "Cookie: " + "c=1; ".repeat(500),
    "Origin: null",
    "Origin: http://fz",
    "Origin: http://\u00FF",
    "Access-Control-Request-Method: FZ",
    "Access-Control-Request-Headers: ,,,",
    "X-Forwarded-For: fz, ::1, [",
    "X-Forwarded-Proto: gopher",
    "X-Forwarded-Host: fz:99999",
    "X-Forwarded-Host: [::1",
    "X-Forwarded-Port: fz",
    "X-Forwarded-Port: 99999999999",
    "X-Forwarded-Prefix: /fz/../",
    "Forwarded: for=\"",
    "X-HTTP-Method-Override: DELETE",
    "X-Request-Id: fz\u00FF",
    "X-Original-URL: /actuator",
    "Authorization: Basic !!!",
    "TE: trailers",
    "Trailer: X-Fz",
    "Via: fz",
    "Max-Forwards: -1",
    "Expect: 100-continue",
    "Upgrade: h2c",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: fz",
    "Connection: keep-alive, X-Fz",
    "Date: fz",
    "User-Agent: " + "\u00E9".repeat(300),
    "X-Fz: " + "f".repeat(5000),
    "Referer: \\\\fz",
    "Content-Type: application/json",
    "Content-Encoding: gzip",
    "Pragma:",
    "Cache-Control: only-if-cached",
    "Prefer: ;"
  };

  private static final String[] METHODS = {
    "HEAD",
    "OPTIONS",
    "PUT",
    "DELETE",
    "PATCH",
    "TRACE",
    "PROPFIND",
    "MKCOL",
    "FZ",
    "POST",
    "PRI",
    "SEARCH",
    "LOCK"
  };

  private Reads() {}

  static Request any(Dice dice) {
    Request read =
        switch (dice.below(10)) {
          case 0, 1 -> Request.get(dice.oneOf(PATHS));
          case 2 -> Request.get("/meows/" + Escapes.any(dice, Texts.any(dice, 30)));
          case 3, 4, 5 ->
              Request.get(
                  "/search?query=" + Escapes.any(dice, Texts.any(dice, 60)) + parameters(dice));
          default ->
              Request.get(
                  dice.oneOf("/meows", "/meows", "/search", "/pusher") + "?fz" + parameters(dice));
        };
    return dressed(dice, read);
  }

  /** The same with a few headers that matter little or much, and another method now and then. */
  static Request dressed(Dice dice, Request request) {
    Request dressed = request;
    while (dice.percent(25)) {
      dressed = dressed.doubtful().with(dice.oneOf(HEADERS));
    }
    return dice.percent(12) ? dressed.withMethod(dice.oneOf(METHODS)) : dressed;
  }

  private static String parameters(Dice dice) {
    StringBuilder parameters = new StringBuilder();
    while (dice.percent(60)) {
      parameters.append('&').append(dice.oneOf(NAMES)).append('=').append(value(dice));
    }
    return parameters.toString();
  }

  private static String value(Dice dice) {
    return dice.percent(70) ? dice.oneOf(VALUES) : Escapes.any(dice, Texts.any(dice, 40));
  }
}
