package meower.program.request;

import java.time.Duration;
import java.util.Set;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The members of a JSON object with which a program says how it wants something. */
public final class Members {

  private final JsonNode object;
  private final String prefix;

  private Members(JsonNode object, String prefix) {
    this.object = object;
    this.prefix = prefix;
  }

  /** Those of an object that is sent alone. */
  public static Members of(JsonNode object) {
    return new Members(object, "");
  }

  /** Those of an object that is the member of another one: refusals name them with its name. */
  public static Members of(JsonNode object, String member) {
    return new Members(object, member + ".");
  }

  /**
   * Refuses what nobody would look at.
   *
   * @param whatThereIs what is said to who sends another member: {@code A queue has no %s. It …}
   * @throws ProblemException 400 naming the first member that is not known
   */
  public void requireKnown(Set<String> known, String whatThereIs) {
    for (String member : object.propertyNames()) {
      if (!known.contains(member)) {
        throw refused(member, whatThereIs.formatted(member));
      }
    }
  }

  /**
   * Returns a duration.
   *
   * @throws ProblemException 400 naming the member, if it is none or out of its range
   */
  public Duration duration(String member, Duration usual, Duration least, Duration most) {
    @Nullable JsonNode value = object.get(member);
    return value == null
        ? usual
        : Durations.parse(
            prefix + member, value.isString() ? value.stringValue() : "", least, most);
  }

  /**
   * Returns a whole number from 1 on.
   *
   * @throws ProblemException 400 naming the member, if it is none or out of its range
   */
  public int number(String member, int usual, int most) {
    @Nullable JsonNode value = object.get(member);
    if (value == null) {
      return usual;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < 1
        || value.intValue() > most) {
      throw refused(
          member, "%s%s has to be a whole number from 1 to %d.".formatted(prefix, member, most));
    }
    return value.intValue();
  }

  /**
   * Returns whether something is wanted that is not usual.
   *
   * @throws ProblemException 400 naming the member, if it is neither true nor false
   */
  public boolean flag(String member) {
    @Nullable JsonNode value = object.get(member);
    if (value != null && !value.isBoolean()) {
      throw refused(member, "%s%s has to be true or false.".formatted(prefix, member));
    }
    return value != null && value.booleanValue();
  }

  private ProblemException refused(String member, String detail) {
    return ProblemException.badParameter(prefix + member, detail);
  }
}
