package meower.e2e.hostile.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meower.e2e.hostile.wire.Dice;
import meower.e2e.hostile.wire.Escapes;
import meower.e2e.hostile.wire.Request;
import meower.e2e.hostile.wire.Texts;
import meower.e2e.hostile.wire.Wire;

/**
 * Makes calls of a program about its queues and about who is here, most of them with something
 * wrong. Whoever asks has a pass for the service itself; what comes through the proxy has the
 * program's secret, too, and that in one piece: many wrong ones would keep out the right one.
 */
final class Calls {

  private static final String JSON = "Content-Type: application/json";
  private static final int LONGEST = 150;

  private static final String[] QUEUES = {
    "fz", "fz", "fz", "fz", "fz", "fz-2", "FZ", "nobody-has-it", "f%00z", "..", "fz;fz=1", "%FF"
  };

  private static final String[] DEFINITIONS = {
    "",
    "{}",
    "{\"lease\":\"20s\"}",
    "{\"lease\":\"1s\",\"max_deliveries\":2,\"keep\":\"1h\"}",
    "{\"feed\":{\"topics\":[\"#fz\"]}}",
    "{\"feed\":{\"query\":\"fz\"}}",
    "{\"feed\":{\"query\":\"f\\u0000z\"}}",
    "{\"lease\":7}",
    "{\"lease\":\"-1s\"}",
    "{\"lease\":\"1e9h\"}",
    "{\"max_deliveries\":-1}",
    "{\"max_deliveries\":1e999}",
    "{\"keep\":null}",
    "{\"publishers\":[7]}",
    "{\"consumers\":{}}",
    "{\"feed\":[]}",
    "{\"feed\":{\"topics\":[]}}",
    "{\"feed\":{\"after\":\"fz-1\"}}",
    "{\"feed\":{\"presence\":\"nobody\"}}",
    "{\"push\":{\"url\":\"http://10.0.0.1/\"}}",
    "{\"push\":{\"url\":\"\\u0000\"}}",
    "{\"push\":7}"
  };

  private static final String[] BATCHES = {
    "{\"messages\":[]}",
    "{\"messages\":7}",
    "{\"messages\":[null]}",
    "{\"messages\":[{\"body\":{\"fz\":1}},{\"body\":\"fz\"},{\"base64\":\"Zno=\"}]}",
    "{\"messages\":[{\"base64\":\"?\"}]}",
    "{\"messages\":[{\"body\":\"fz\",\"delay\":\"-1s\"}]}",
    "{\"messages\":[{\"body\":\"\\ud800\"}]}",
    "{\"messages\":[{\"body\":[\"\\ud800\",\"\\u0000\"]}]}",
    "{\"messages\":[{\"body\":\"fz\",\"content_type\":\"a/\\u0000\"}]}",
    "{\"messages\":[" + "{\"body\":\"fz\"},".repeat(1000) + "{}]}"
  };

  private static final String[] SETTLED = {
    "{\"leases\":[]}",
    "{\"leases\":[\"fz\"]}",
    "{\"leases\":[\"1.00000000-0000-0000-0000-000000000000\"]}",
    "{\"leases\":[null,7,{}]}",
    "{\"leases\":{}}",
    "{\"ids\":[\"fz\"]}",
    "{\"ids\":[\"\\u0000\"]}",
    "{\"ids\":[\"\\ud800\"]}",
    "{\"ids\":[]}",
    "{\"all\":true}",
    "{\"all\":7}"
  };

  private static final String[] SIGHTINGS = {
    "{\"object_ids\":[1,2,3,2]}",
    "{\"object_ids\":null}",
    "{\"object_ids\":[]}",
    "{\"object_ids\":[1.5]}",
    "{\"object_ids\":[-1,99999999999999999999]}",
    "{\"object_ids\":[\"\"]}",
    "{\"object_ids\":[\"\\u0000\"]}",
    "{\"object_ids\":[\"\\ud800\"]}",
    "{\"object_ids\":[[1]]}",
    "{\"object_ids\":{\"1\":2}}",
    "{\"object_ids\":[" + "7,".repeat(1000) + "7]}"
  };

  /** None that is taken: another address would be asked about what is reported. */
  private static final String[] SOURCES = {
    "{}",
    "{\"status_url\":7}",
    "{\"status_url\":\"fz\"}",
    "{\"status_url\":\"http://10.0.0.1/{id}\"}",
    "{\"status_url\":\"http://127.0.0.1:99999/{id}\"}",
    "{\"status_url\":\"http://[::1/{id}\"}",
    "{\"status_url\":\"file:///etc/passwd?{id}\"}",
    "{\"status_url\":\"http://127.0.0.1/fz\"}",
    "{\"status_url\":\"http://127.0.0.1/{id}\",\"timeout\":\"-1s\"}"
  };

  private static final String[] PARAMETERS = {
    "",
    "",
    "?",
    "?max=1",
    "?max=1000",
    "?max=1001",
    "?max=-1",
    "?max=fz",
    "?wait=0s",
    "?wait=50ms",
    "?wait=31s",
    "?wait=-1s",
    "?wait=fz",
    "?lease=1s",
    "?lease=13h",
    "?delay=1s",
    "?delay=13h",
    "?reason=%00",
    "?reason=%FF",
    "?take=2",
    "?take=0",
    "?before=fz",
    "?before=%00",
    "?max=1&max=2"
  };

  private static final String[] HEADERS = {
    "Idempotency-Key: fz",
    "Idempotency-Key:",
    "Idempotency-Key: \u00E9",
    "Idempotency-Key: " + "k".repeat(300),
    "If-None-Match: *",
    "If-None-Match: \"",
    "Accept: application/xml",
    "Accept: text/html",
    "Accept: ;;;",
    "Content-Encoding: gzip"
  };

  private static final String[] DEEDS = {"acknowledge", "requeue", "reject", "extend", "fz"};
  private static final String[] LEASES = {
    "fz", "1.00000000-0000-0000-0000-000000000000", "%00", "1.", "-1.x", "9".repeat(40)
  };
  private static final String[] METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "FZ"};

  private final String pass;
  private final String secret;

  /**
   * @param pass the header with which the program is believed without the proxy
   * @param secret the header with its secret
   */
  Calls(String pass, String secret) {
    this.pass = pass;
    this.secret = secret;
  }

  /** Returns one with the secret. */
  Request any(Dice dice) {
    return withoutSecret(dice).with(secret);
  }

  /** Returns one that can be made garbage of. */
  Request withoutSecret(Dice dice) {
    Request call = dice.percent(25) ? presence(dice) : queues(dice);
    while (dice.percent(20)) {
      call = call.with(dice.oneOf(HEADERS));
    }
    return dice.percent(8) ? call.withMethod(dice.oneOf(METHODS)) : call;
  }

  private Request queues(Dice dice) {
    String queue = "/queues/" + dice.oneOf(QUEUES);
    String parameters = dice.oneOf(PARAMETERS);
    return switch (dice.below(12)) {
      case 0, 1 -> call(dice, "PUT", queue, dice.oneOf(DEFINITIONS));
      case 2, 3, 4 -> publish(dice, queue + "/publish" + parameters);
      case 5 -> call(dice, "POST", queue + "/publish/batch", dice.oneOf(BATCHES));
      case 6, 7 -> call(dice, "POST", queue + "/fetch" + parameters, "");
      case 8 -> {
        String lease = dice.oneOf("", "/" + dice.oneOf(LEASES));
        yield call(
            dice,
            "POST",
            queue + "/" + dice.oneOf(DEEDS) + lease + parameters,
            dice.oneOf(SETTLED));
      }
      case 9 ->
          call(
              dice,
              "POST",
              queue + dice.oneOf("/dead-letters/requeue", "/push/test", "/push/fz"),
              dice.oneOf(SETTLED));
      case 10 -> call(dice, "GET", queue + dice.oneOf("", "/dead-letters") + parameters, "");
      default ->
          call(
              dice,
              dice.oneOf("GET", "DELETE"),
              dice.oneOf("/queues", "/queues/", queue, queue + "/dead-letters/fz"),
              "");
    };
  }

  private Request presence(Dice dice) {
    String path = "/presence/" + dice.oneOf(Sayings.PROGRAM, Sayings.PROGRAM, "nobody", "%00");
    return switch (dice.below(4)) {
      case 0, 1 ->
          call(
              dice,
              "POST",
              dice.oneOf("/callback", "/presence/sightings"),
              dice.percent(30)
                  ? "{\"object_ids\":[" + Escapes.json(dice, Texts.any(dice, LONGEST)) + "]}"
                  : dice.oneOf(SIGHTINGS));
      case 2 -> call(dice, "PUT", "/presence", dice.oneOf(SOURCES));
      default ->
          call(
              dice,
              "GET",
              path + dice.oneOf("", "/2", "/", "/" + Escapes.any(dice, Texts.any(dice, LONGEST))),
              "");
    };
  }

  private Request publish(Dice dice, String target) {
    String text = Texts.any(dice, LONGEST);
    return switch (dice.below(5)) {
      case 0 -> request("POST", target, JSON, Escapes.json(dice, text));
      case 1 -> request("POST", target, "Content-Type: text/plain", Wire.utf8(text));
      case 2 -> request("POST", target, JSON, Posts.noMeow(dice));
      case 3 -> request("POST", target, "Content-Type: " + Posts.type(dice), Wire.utf8(text));
      default -> request("POST", target, "X-Fz: 1", Escapes.brokenBytes(dice));
    };
  }

  /** With that body, or with one that is no JSON of anything. */
  private Request call(Dice dice, String method, String target, String body) {
    String sent = body.isEmpty() || dice.percent(85) ? body : Posts.noMeow(dice);
    return request(method, target, JSON, sent);
  }

  private Request request(String method, String target, String type, String body) {
    List<String> headers = new ArrayList<>(List.of("Host: localhost", pass));
    if (!body.isEmpty()) {
      headers.add(type);
    }
    return new Request(method, target, headers, body, false, Optional.empty());
  }
}
