package meower.query.view;

import java.util.List;
import java.util.Optional;
import meower.schema.MeowId;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the timeline is wanted.
 *
 * @param before only meows older than this one
 * @param after only meows newer than this one; without {@code before} the ones right above it
 */
public record TimelineRequest(PageRequest page, Optional<MeowId> before, Optional<MeowId> after) {

  private static final int MAX_IDS = 100;

  /**
   * Reads the parameters of a request.
   *
   * @throws ProblemException 400 naming the parameter that is malformed
   */
  public static TimelineRequest of(
      @Nullable String take,
      @Nullable String skip,
      @Nullable String before,
      @Nullable String after) {
    return new TimelineRequest(
        PageRequest.of(
            take, skip, "Use before=<id of the last meow you have> to go on from there."),
        id("before", before),
        id("after", after));
  }

  /** Whether the page is read upwards, from an older meow to newer ones. */
  public boolean upwards() {
    return after.isPresent() && before.isEmpty();
  }

  /**
   * Returns the header {@code Link} of an answer: the way to the older and the newer page, as far
   * as there is one.
   *
   * @param first the id of the newest meow of the answer
   * @param last the id of the oldest one
   * @param more whether there are further meows in the direction of the request
   */
  public String links(String first, String last, boolean more) {
    String newer = link("after", first, "prev", "");
    if (!more && !upwards()) {
      return newer;
    }
    String bound = after.filter(_ -> !upwards()).map(a -> "&after=" + a).orElse("");
    return link("before", last, "next", bound) + ", " + newer;
  }

  private String link(String cursor, String id, String relation, String bound) {
    return "</meows?take=%d&%s=%s%s>; rel=\"%s\""
        .formatted(page.take(), cursor, id, bound, relation);
  }

  /**
   * Reads the parameter {@code ids}, each of them once.
   *
   * @throws ProblemException 400 naming the parameter if it is malformed
   */
  public static List<MeowId> ids(String text) {
    List<String> ids = List.of(text.split(",", -1));
    if (ids.size() > MAX_IDS || !ids.stream().allMatch(MeowId::isKsuid)) {
      throw ProblemException.badParameter(
          "ids", "ids has to be 1 to 100 ids of meows, separated by commas.");
    }
    return ids.stream().distinct().map(MeowId::new).toList();
  }

  private static Optional<MeowId> id(String name, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    if (!MeowId.isKsuid(text)) {
      throw ProblemException.badParameter(
          name, name + " has to be the id of a meow, 27 letters and digits.");
    }
    return Optional.of(new MeowId(text));
  }
}
