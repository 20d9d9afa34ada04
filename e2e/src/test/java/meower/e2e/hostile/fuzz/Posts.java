package meower.e2e.hostile.fuzz;

import java.util.List;
import java.util.Optional;
import meower.e2e.hostile.wire.Dice;
import meower.e2e.hostile.wire.Escapes;
import meower.e2e.hostile.wire.Request;
import meower.e2e.hostile.wire.Texts;

/** Makes posts: in each of the three forms, and in many that are none. */
final class Posts {

  private static final String JSON = "Content-Type: application/json";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final int LONGEST = 150;

  private static final String[] TYPES = {
    "text/plain",
    "application/xml",
    "multipart/form-data",
    "multipart/form-data; boundary=fz",
    "multipart/mixed",
    "application/json; charset=utf-16",
    "application/json;charset=nonsense",
    "application/json;charset=\"",
    "*/*",
    "application/*",
    "application/json/fz",
    "",
    ";",
    "application/x-www-form-urlencoded; charset=iso-8859-1",
    "application/json, text/plain",
    "application/vnd.fz+json",
    "a/b; q=\"\\",
    "application/octet-stream",
    "multipart/form-data; boundary=",
    "application/json;;;",
    "text/html;charset=\u00FF"
  };

  private static final String[] KEYS = {
    "", " ", "fz", "\u00E9", "\"fz\"", "fz,fz", "fz\tfz", "0", "'; drop table meow; --", "nginx-fz"
  };

  private static final String[] NO_MEOW = {
    "",
    "{",
    "}",
    "[]",
    "null",
    "0",
    "\"fz\"",
    "{}",
    "{\"body\":null}",
    "{\"body\":7}",
    "{\"body\":{}}",
    "{\"body\":[\"fz\"]}",
    "{\"Body\":\"fz\"}",
    "{\"body\":\"fz\"}}",
    "{\"body\":\"fz\"} x",
    "{'body':'fz'}",
    "{body:\"fz\"}",
    "{\"body\":\"fz\",}",
    "{\"body\":\"\\x\"}",
    "{\"body\":\"\\u12\"}",
    "{\"body\":\"fz",
    "{\"body\":1e999999999}",
    "{\"body\":\"\t\"}",
    "{\"body\":NaN}",
    "{\"body\":-}",
    "//fz\n{\"body\":\"fz\"}",
    "\u00EF\u00BB\u00BF{\"body\":\"fz\"}",
    "\0{\0}\0",
    "\u00FE\u00FF\0{\0}",
    "{\"body\":" + "9".repeat(5000) + "}",
    "[".repeat(8000),
    "{\"a\":".repeat(1500) + "1" + "}".repeat(1500),
    "{\"body\":\"" + "f".repeat(15_000) + "\"}",
    "{\"" + "k".repeat(16_000) + "\":1}",
    "x".repeat(16_385),
    "y".repeat(40_000)
  };

  private Posts() {}

  static Request any(Dice dice) {
    return switch (dice.below(10)) {
      case 0, 1 -> json(dice, Texts.any(dice, LONGEST));
      case 2 -> form(Escapes.right(Texts.any(dice, LONGEST)));
      case 3 -> inQuery(Escapes.right(Texts.any(dice, LONGEST)));
      case 4 ->
          form(
              Escapes.any(dice, Texts.any(dice, LONGEST)) + dice.oneOf("", "&body=fz", "&&=", ";"));
      case 5 ->
          inQuery(
              Escapes.any(dice, Texts.any(dice, LONGEST))
                  + dice.oneOf("", "&body=fz", "&&=", "&body"));
      case 6 -> post("/meows", dice.oneOf(JSON, FORM), noMeow(dice));
      case 7 -> post("/meows", JSON, "{\"body\":\"fz" + Escapes.brokenBytes(dice) + "\"}");
      case 8 -> typed(dice);
      default -> keyed(dice);
    };
  }

  /** What is no JSON of a meow, or nearly none. */
  static String noMeow(Dice dice) {
    return dice.oneOf(NO_MEOW);
  }

  /** A media type, or what is nearly one. */
  static String type(Dice dice) {
    return dice.oneOf(TYPES);
  }

  /** A post of which it is known whether it has to be accepted, and as what. */
  static Request json(Dice dice, String text) {
    String more = dice.oneOf("", "\"fz\":[1,{}],", "\"body\":\"earlier\",");
    String json = "{" + more + "\"body\":" + Escapes.json(dice, text) + "}";
    Request post = post("/meows", JSON, json);
    boolean certain = !more.contains("earlier");
    return certain
        ? new Request(
            post.method(), post.target(), post.headers(), json, dice.percent(30), Optional.of(text))
        : post;
  }

  private static Request form(String escaped) {
    return post("/meows", FORM, "body=" + escaped);
  }

  private static Request inQuery(String escaped) {
    return post("/meows?fz=1&body=" + escaped, "X-Fz: 1", "");
  }

  private static Request typed(Dice dice) {
    String body =
        dice.oneOf(
            "{\"body\":\"fz\"}",
            "--fz\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\nfz\r\n--fz--\r\n",
            "--fz\r\nContent-Disposition: form-data; name=\"body\"; filename=\"/etc/fz\"\r\n\r\nfz",
            "body=fz",
            "");
    return post("/meows", "Content-Type: " + type(dice), body);
  }

  private static Request keyed(Dice dice) {
    String key = dice.percent(20) ? "k".repeat(dice.between(250, 260)) : dice.oneOf(KEYS);
    Request post = json(dice, dice.percent(80) ? "fz" : Texts.any(dice, 20)).doubtful();
    Request keyed = post.with("Idempotency-Key: " + key);
    return dice.percent(20) ? keyed.with("Idempotency-Key: fz") : keyed;
  }

  private static Request post(String target, String type, String body) {
    return new Request(
        "POST", target, List.of("Host: localhost", type), body, false, Optional.empty());
  }
}
