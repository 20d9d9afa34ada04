package meower.program.feed.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import meower.program.change.Changes;
import meower.program.change.PresenceChange;
import meower.program.feed.presence.PresenceFlow.Flowing;
import org.junit.jupiter.api.Test;

class PresenceFlowTests {

  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Instant SEEN = Instant.parse("2026-11-29T11:59:00.25Z");
  private static final Instant CHANGED = Instant.parse("2026-11-29T11:59:30Z");

  @Test
  void tellsOfEachChangeInOrder() {
    assertThat(texts(flow(7, changes(20, 3, joined(12), left(20)))))
        .containsExactly(
            """
            {"type":"presence.joined","timestamp":"2026-11-29T11:59:30Z",\
            "data":{"program":"tester","id":"o-12","last_seen":"2026-11-29T11:59:00.250Z","version":12}}\
            """,
            """
            {"type":"presence.left","timestamp":"2026-11-29T11:59:30Z",\
            "data":{"program":"tester","id":"o-20","last_seen":"2026-11-29T11:59:00.250Z","version":20}}\
            """);
    assertThat(flow(7, changes(20, 3, joined(12), left(20))))
        .extracting(Flowing::version)
        .containsExactly(12L, 20L);
  }

  @Test
  void saysWhereChangesAreNotKeptAnyMore() {
    List<Flowing> flowing = flow(7, changes(20, 11, joined(12)));

    assertThat(texts(flowing).getFirst())
        .isEqualTo(
            """
            {"type":"presence.gap","timestamp":"2026-11-29T12:00:00Z",\
            "data":{"program":"tester","from":7,"to":11}}\
            """);
    assertThat(flowing).extracting(Flowing::version).containsExactly(11L, 12L);
    assertThat(flowing).extracting(Flowing::isGap).containsExactly(true, false);
  }

  @Test
  void saysNothingOfAGapWhereThereIsNone() {
    assertThat(flow(11, changes(20, 11, joined(12)))).noneMatch(Flowing::isGap);
    assertThat(flow(20, changes(20, 11))).isEmpty();
  }

  /** As after the restore of a backup. */
  @Test
  void goesBackWithTheVersionsAndSaysSo() {
    assertThat(texts(flow(30, changes(20, 11))))
        .singleElement()
        .asString()
        .contains("\"from\":30,\"to\":20");
  }

  private static List<Flowing> flow(long position, Changes changes) {
    return PresenceFlow.of("tester", position, changes, NOW);
  }

  private static Changes changes(long version, long keptAfter, PresenceChange... next) {
    return new Changes(false, version, keptAfter, Arrays.asList(next));
  }

  private static PresenceChange joined(long version) {
    return new PresenceChange(version, "o-" + version, true, SEEN, CHANGED);
  }

  private static PresenceChange left(long version) {
    return new PresenceChange(version, "o-" + version, false, SEEN, CHANGED);
  }

  private static List<String> texts(List<Flowing> flowing) {
    return flowing.stream()
        .map(message -> new String(message.body(), StandardCharsets.UTF_8))
        .toList();
  }
}
