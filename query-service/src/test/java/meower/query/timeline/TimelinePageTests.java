package meower.query.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import meower.query.meow.TimelineMeow;
import meower.query.view.TimelineRequest;
import meower.schema.MeowCreated;
import meower.schema.MeowId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelinePageTests {

  private static final String A = "3G12Ptjdq1Yd5cJrsHFtjZdYqGA";
  private static final String B = "3G12Ptjdq1Yd5cJrsHFtjZdYqGB";
  private static final String C = "3G12Ptjdq1Yd5cJrsHFtjZdYqGC";

  @Test
  void leadsToOlderMeowsWhenThereAreMore() {
    assertThat(links(null, null, true))
        .contains(
            "</meows?take=2&before="
                + B
                + ">; rel=\"next\", </meows?take=2&after="
                + C
                + ">; rel=\"prev\"");
  }

  @Test
  void leadsToNewerMeowsOnlyAtTheEnd() {
    assertThat(links(null, null, false)).contains("</meows?take=2&after=" + C + ">; rel=\"prev\"");
  }

  @Test
  void leadsBackFromAPageReadUpwards() {
    assertThat(links(null, A, false))
        .hasValueSatisfying(links -> assertThat(links).contains("before=" + B + ">; rel=\"next\""));
  }

  @Test
  void keepsTheOtherBound() {
    assertThat(links(C, A, true))
        .hasValueSatisfying(
            links -> assertThat(links).contains("before=" + B + "&after=" + A + ">; rel=\"next\""));
  }

  @Test
  void leadsNowhereFromAnEmptyPage() {
    TimelinePage empty = new TimelinePage(List.of(), false);
    assertThat(empty.links(TimelineRequest.of(null, null, null, null))).isEmpty();
  }

  private static Optional<String> links(
      @Nullable String before, @Nullable String after, boolean more) {
    List<TimelineMeow> meows = List.of(meow(C), meow(B));
    return new TimelinePage(meows, more).links(TimelineRequest.of("2", null, before, after));
  }

  private static TimelineMeow meow(String id) {
    return TimelineMeow.of(new MeowCreated(new MeowId(id), "text", Instant.EPOCH));
  }
}
