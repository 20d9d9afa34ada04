package meower.program.sighting;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import meower.program.request.Content;
import meower.program.source.PresenceCallers;
import meower.program.source.PresenceProblems;
import meower.program.source.Sources;
import meower.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code POST /callback} and {@code POST /presence/sightings}, two names of the same. */
@RestController
final class SightingController {

  private static final int MOST_IDS = 1000;
  private static final int MOST_BYTES = 1024 * 1024;
  private static final String MEMBER = "object_ids";

  private final PresenceCallers callers;
  private final Sources sources;
  private final Sightings sightings;

  SightingController(PresenceCallers callers, Sources sources, Sightings sightings) {
    this.callers = callers;
    this.sources = sources;
    this.sightings = sightings;
  }

  /**
   * How many sightings were taken.
   *
   * @param accepted repeats count
   */
  record Accepted(int accepted) {}

  @PostMapping({"/callback", "/presence/sightings"})
  @ResponseStatus(HttpStatus.ACCEPTED)
  Accepted report(HttpServletRequest request) throws IOException {
    long begin = System.nanoTime();
    String caller = callers.caller(request);
    JsonNode ids = ids(request);
    Set<ObjectId> distinct = distinct(ids);
    if (sources.find(caller).isEmpty()) {
      throw PresenceProblems.unknownPresence(caller);
    }
    sightings.require(caller, ids.size());
    sightings.report(caller, distinct, ids.size() - distinct.size(), begin);
    return new Accepted(ids.size());
  }

  private static JsonNode ids(HttpServletRequest request) throws IOException {
    JsonNode json =
        Content.json(
            request, MOST_BYTES, "All sightings of one call have at most 1 MiB: send fewer.");
    JsonNode ids = json.path(MEMBER);
    boolean areIds = ids.isArray() || ids.isNull();
    if (!json.isObject() || !areIds || ids.size() > MOST_IDS) {
      throw refused(MEMBER);
    }
    return ids;
  }

  private static Set<ObjectId> distinct(JsonNode ids) {
    Set<ObjectId> distinct = new LinkedHashSet<>();
    for (int i = 0; i < ids.size(); i++) {
      String name = MEMBER + "[" + i + "]";
      distinct.add(ObjectId.of(ids.get(i)).orElseThrow(() -> refused(name)));
    }
    return distinct;
  }

  private static ProblemException refused(String member) {
    return ProblemException.badParameter(
        member,
        "object_ids has to be an array of at most "
            + MOST_IDS
            + " ids: whole numbers, or texts of 1 to 100 characters without control characters.");
  }
}
