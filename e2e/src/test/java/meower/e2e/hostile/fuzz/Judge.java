package meower.e2e.hostile.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.e2e.hostile.wire.Door;
import meower.e2e.hostile.wire.RawAnswer;
import meower.e2e.hostile.wire.Wire;
import meower.standalone.stack.ProjectLayout;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Knows what an answer may look like, from the documentation alone. */
final class Judge {

  /** What tells a stranger how Meower is built. */
  static final Pattern INSIDES =
      Pattern.compile(
          "\\bat (java|jdk|sun|org|com|co|io|tools|jakarta|meower)\\.|(java|javax|jakarta|sun|jdk)\\.[a-z]+\\.[A-Za-z]|org\\.(spring|apache|"
              + "postgres|elastic)|co\\.elastic|tools\\.jackson|com\\.fasterxml|io\\.nats|meower\\.[a-z]+\\.[A-Z]|[a-z](Exception|Error)\\b|[Ss]tack ?trace|"
              + "SQLSTATE|[Tt]omcat|[Ss]pring|[Jj]ackson|[Hh]ibernate|<html");

  private static final Set<Integer> GOOD = Set.of(101, 200, 201, 202, 204, 304);
  private static final Pattern ROW =
      Pattern.compile("\\| `(/problems/[a-z-]+)` \\| (\\d{3}|other 4xx) \\|.*");

  /** A flag that is spelled with tags: nothing else may have them. */
  private static final Pattern FLAG =
      Pattern.compile("\\x{1F3F4}[\\x{E0030}-\\x{E0039}\\x{E0061}-\\x{E007A}]{3,6}\\x{E007F}");

  private static final Pattern HIDDEN =
      Pattern.compile(
          "[\\x{202D}\\x{202E}\\x{2061}-\\x{2065}\\x{206A}-\\x{206F}\\x{FFF0}-\\x{FFFB}"
              + "\\x{1BCA0}-\\x{1BCA3}\\x{1D173}-\\x{1D17A}\\x{E0000}-\\x{E00FF}"
              + "\\x{E01F0}-\\x{E0FFF}]"
              + "|[\\p{Cf}\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{2800}"
              + "\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{E0100}-\\x{E01EF}]{4}");

  private static final Pattern PAIR =
      Pattern.compile("[\\x{202A}\\x{202B}]\\x{202C}|[\\x{2066}-\\x{2068}]\\x{2069}");

  private static final Pattern MARKS =
      Pattern.compile(
          "((?=[\\p{Mn}\\p{Me}])\\p{IsInherited}\\p{Cf}*){4}|([\\p{Mn}\\p{Me}]\\p{Cf}*){5}");

  /** White space, controls, what is ignored by default, Braille without dots, marks on nothing. */
  private static final Pattern BLANK =
      Pattern.compile(
          "[\\s\\p{Z}\\p{Cc}\\p{Cf}\\p{M}\\x{2800}\\x{115F}\\x{1160}\\x{2065}\\x{3164}\\x{FFA0}"
              + "\\x{FFF0}-\\x{FFF8}\\x{E0000}-\\x{E0FFF}]*");

  private static final Set<Integer> KINDS = Set.of(1, 2, 3);
  private static final Set<Integer> PAGES = Set.of(404, 410, 503);
  private static final Pattern REQUEST_ID = Pattern.compile("[0-9a-f]{32}");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Set<String> documented = new HashSet<>();

  Judge() {
    try {
      Files.readAllLines(ProjectLayout.find().root().resolve("docs/problems.md")).stream()
          .map(ROW::matcher)
          .filter(Matcher::matches)
          .forEach(row -> documented.add(row.group(1) + " " + row.group(2)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that is wrong with the answer; nothing, most of the time. */
  List<String> complaints(Input input, RawAnswer answer) {
    List<String> complaints = new ArrayList<>();
    if (answer.status() >= 400) {
      judgeRefusal(input, answer, complaints);
    } else if (!GOOD.contains(answer.status())) {
      complaints.add("an unexpected status");
    } else if (answer.header("content-type").startsWith("application/json")
        && !answer.body().isEmpty()) {
      parsed(answer, complaints);
    }
    judgeHeaders(input, answer, complaints);
    if (INSIDES.matcher(shown(input, answer)).find()) {
      complaints.add("shows its insides");
    }
    input.said().ifPresent(said -> judgePost(said, answer, complaints));
    return complaints;
  }

  /** What is wrong with a frame of the live feed. */
  static List<String> complaintsAboutFrame(String text) {
    try {
      return KINDS.contains(JSON.readTree(text).path("kind").asInt(0))
          ? List.of()
          : List.of("a frame of no kind: " + text);
    } catch (JacksonException _) {
      return List.of("no JSON: " + text);
    }
  }

  /** A page may say anything; the services' own media type of /livez has their maker's name. */
  private static String shown(Input input, RawAnswer answer) {
    boolean refused = answer.status() >= 400 && !isForPeople(input, answer);
    return refused || answer.header("content-type").startsWith("application/json")
        ? answer.headers() + answer.text()
        : "";
  }

  private void judgeRefusal(Input input, RawAnswer answer, List<String> complaints) {
    int status = answer.status();
    if (status == 500) {
      complaints.add("an error of ours");
    }
    if ((status == 503 || status == 429) && !answer.header("retry-after").matches("[1-9]\\d*")) {
      complaints.add("no Retry-After");
    }
    if (input.wire().startsWith("OPTIONS *")) {
      return; // The container answers for itself, and has nothing to say.
    }
    if (isForPeople(input, answer)) {
      return;
    }
    if (!answer.header("content-type").startsWith("application/problem+json")) {
      complaints.add("no problem but " + answer.header("content-type"));
    } else if (!answer.body().isEmpty()) {
      parsed(answer, complaints).ifPresent(problem -> judgeProblem(status, problem, complaints));
    }
  }

  /** Whoever asks for a page is told in one that there is none, or none now. */
  private static boolean isForPeople(Input input, RawAnswer answer) {
    return input.wire().contains("text/html")
        && answer.header("content-type").startsWith("text/html")
        && PAGES.contains(answer.status());
  }

  private void judgeProblem(int status, JsonNode problem, List<String> complaints) {
    String type = problem.path("type").asString("");
    judgeType(status, type, complaints);
    if (problem.path("status").asInt(0) != status
        || problem.path("title").asString("").isBlank()
        || problem.path("detail").asString("").isBlank()) {
      complaints.add("a problem that is not complete");
    }
  }

  private void judgeType(int status, String type, List<String> complaints) {
    boolean known =
        documented.contains(type + " " + status)
            || (status < 500 && documented.contains(type + " other 4xx"));
    if (!known) {
      complaints.add("a problem that problems.md does not know: " + type + " " + status);
    }
  }

  /** What is wrong with a refusal in a frame. */
  void judgeRefusal(int status, JsonNode refusal, List<String> complaints) {
    judgeType(status, refusal.path("type").asString(""), complaints);
    if (status == 500) {
      complaints.add("an error of ours");
    }
    if (refusal.path("detail").asString("").isBlank()) {
      complaints.add("a refusal that says nothing");
    }
    if ((status == 503 || status == 429) && refusal.path("retry_after").asInt(0) < 1) {
      complaints.add("no retry_after");
    }
  }

  private static void judgeHeaders(Input input, RawAnswer answer, List<String> complaints) {
    if (answer.headers().containsKey("x-injected")) {
      complaints.add("a header of the client's making");
    }
    if (input.door() == Door.NGINX
        && !REQUEST_ID.matcher(answer.header("x-request-id")).matches()) {
      complaints.add("no X-Request-Id");
    }
  }

  private static Optional<JsonNode> parsed(RawAnswer answer, List<String> complaints) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Wire.bytes(answer.body())))
              .toString();
      return Optional.of(JSON.readTree(text));
    } catch (CharacterCodingException | JacksonException e) {
      complaints.add("no JSON in UTF-8: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void judgePost(String said, RawAnswer answer, List<String> complaints) {
    String stored = normalised(said);
    if (answer.status() == 201
        && !JSON.readTree(answer.text()).path("body").asString("").equals(stored)) {
      complaints.add("stored as something else than " + Wire.printable(Wire.utf8(stored)));
    } else if (answer.status() == 415) {
      complaints.add("JSON is not taken");
    } else {
      judgeStatus(said, answer.status(), complaints);
    }
  }

  /** What is wrong with the status of an answer to a text that nothing else is wrong with. */
  static void judgeStatus(String said, int status, List<String> complaints) {
    boolean allowed = isAllowed(normalised(said));
    if (status == (allowed ? 400 : 201)) {
      complaints.add("to be " + (allowed ? "accepted" : "refused"));
    }
  }

  /** As docs/openapi.yaml says it. */
  static String normalised(String said) {
    String lines = said.replace("\r\n", "\n").replace('\r', '\n').replace('\t', ' ');
    int[] all = lines.codePoints().toArray();
    int from = 0;
    int to = all.length;
    while (from < to && isMargin(all[from])) {
      from++;
    }
    while (to > from && isMargin(all[to - 1])) {
      to--;
    }
    return Normalizer.normalize(new String(all, from, to - from), Normalizer.Form.NFC);
  }

  private static boolean isMargin(int c) {
    return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == 0xFEFF;
  }

  private static boolean isAllowed(String stored) {
    int length = stored.codePointCount(0, stored.length());
    return length <= 140
        && stored.chars().filter(c -> c == '\n').count() <= 8
        && stored
            .codePoints()
            .noneMatch(c ->
                Character.getType(c) == Character.SURROGATE
                    || Character.getType(c) == Character.PRIVATE_USE
                    || (c & 0xFFFE) == 0xFFFE
                    || (c >= 0xFDD0 && c < 0xFDF0)
                    || (Character.isISOControl(c) && c != '\n'))
        && !BLANK.matcher(stored).matches()
        && !HIDDEN.matcher(FLAG.matcher(stored).replaceAll("")).find()
        && stored.lines().allMatch(Judge::isPaired)
        && !MARKS.matcher(stored).find();
  }

  /** Takes away what opens and is closed with nothing of the kind between, as long as there is. */
  private static boolean isPaired(String line) {
    String rest = line.replaceAll("[^\u202A-\u202C\u2066-\u2069]", "");
    String shorter = PAIR.matcher(rest).replaceAll("");
    while (!shorter.equals(rest)) {
      rest = shorter;
      shorter = PAIR.matcher(rest).replaceAll("");
    }
    return rest.isEmpty();
  }
}
