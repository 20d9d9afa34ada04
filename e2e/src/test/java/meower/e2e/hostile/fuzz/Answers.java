package meower.e2e.hostile.fuzz;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Judges what a program is told of what it said, one answer after the other. */
final class Answers {

  private static final int CREATED = 201;

  private final Judge judge;
  private final BiConsumer<String, Optional<String>> kept;
  private final Deque<Saying> unanswered;

  /**
   * @param kept is told of each meow that was acknowledged: its id, and its text if that is known
   */
  Answers(Judge judge, List<Saying> sayings, BiConsumer<String, Optional<String>> kept) {
    this.judge = judge;
    this.kept = kept;
    this.unanswered = new ArrayDeque<>(sayings);
  }

  /** Whether nothing is left that has to be answered. */
  boolean areComplete() {
    return unanswered.isEmpty();
  }

  /** How many have to be answered still. */
  int missing() {
    return unanswered.size();
  }

  /** What is wrong with the next answer; what is not known to be a saying may be answered, too. */
  List<String> complaints(String text) {
    JsonNode answer;
    try {
      answer = JsonMapper.shared().readTree(text);
    } catch (JacksonException _) {
      return List.of("no JSON: " + text);
    }
    List<String> complaints = new ArrayList<>();
    int status = answer.path("status").asInt(0);
    Optional<Saying> saying = Optional.ofNullable(unanswered.poll());
    Optional<String> said = saying.flatMap(Saying::said);
    if (status == CREATED) {
      kept.accept(answer.path("id").asString(""), said.map(Judge::normalised));
    } else {
      judge.judgeRefusal(status, answer, complaints);
    }
    saying
        .flatMap(Saying::ref)
        .filter(ref -> !ref.equals(answer.path("ref").asString("")))
        .ifPresent(ref -> complaints.add("not the answer to " + ref));
    said.ifPresent(body -> Judge.judgeStatus(body, status, complaints));
    if (Judge.INSIDES.matcher(text).find()) {
      complaints.add("shows its insides");
    }
    return complaints.stream().map(c -> c + ": " + text).toList();
  }
}
