package meower.pusher.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import meower.pusher.frame.Frame;
import meower.pusher.frame.WireFrame;
import org.junit.jupiter.api.Test;

class PageCacheTests {

  private static final long SIZE = page(100).bytes();

  private final PageCache cache = new PageCache(2 * SIZE, new Erasures(System::nanoTime));

  @Test
  void letsGoOfThePageThatNobodyCameByForLongest() {
    cache.put(1, page(100));
    cache.put(2, page(100));
    assertThat(cache.get(1)).isNotNull();
    cache.put(3, page(100));

    assertThat(cache.get(1)).isNotNull();
    assertThat(cache.get(2)).isNull();
    assertThat(cache.get(3)).isNotNull();
    assertThat(cache.bytes()).isEqualTo(2 * SIZE);
  }

  @Test
  void holdsOneOfTwoPagesOfTheSameNumber() {
    Page longer = page(120);
    cache.put(1, page(100));
    cache.put(1, longer);

    assertThat(cache.get(1)).isSameAs(longer);
    assertThat(cache.bytes()).isEqualTo(longer.bytes());
  }

  @Test
  void holdsAPageAloneThatIsLargerThanAllowed() {
    cache.put(1, page(100));
    cache.put(2, page(10_000));

    assertThat(cache.get(1)).isNull();
    assertThat(cache.get(2)).isNotNull();
  }

  private static Page page(int characters) {
    return new Page(
        0, 1, List.of(new Frame(0, 1, WireFrame.of("x".repeat(characters)), List.of())));
  }

  @Test
  void letsGoOfThePagesThatHaveATextWhichWasTakenBack() {
    cache.put(0, page(frame(5, Frame.Kind.CREATED), frame(6, Frame.Kind.EDITED)));
    cache.put(1, page(frame(1_030, Frame.Kind.CREATED), frame(1_040, Frame.Kind.DELETED)));
    long both = cache.bytes();
    cache.erase(List.of(7L, 1_040L, 5_000L));
    assertThat(cache.bytes()).as("nothing of it was there, but a deletion").isEqualTo(both);

    cache.erase(List.of(6L, 1_031L));

    assertThat(cache.get(0)).isNull();
    assertThat(cache.get(1)).isNotNull();
    assertThat(cache.bytes()).isEqualTo(Objects.requireNonNull(cache.get(1)).bytes());
  }

  @Test
  void findsTheLastSequenceOfAPage() {
    cache.put(0, page(frame(Page.SIZE, Frame.Kind.CREATED)));
    cache.erase(List.of((long) Page.SIZE));

    assertThat(cache.get(0)).isNull();
  }

  /** It was asked for before the deletion and came after it, with the text. */
  @Test
  void takesOutWhatWasTakenBackWhileAPageWasRead() {
    cache.erase(List.of(5L, 7L));
    Page read =
        page(
            frame(4, Frame.Kind.CREATED),
            frame(5, Frame.Kind.CREATED),
            frame(7, Frame.Kind.DELETED));

    Page page = cache.put(0, read);

    assertThat(page.frames()).extracting(Frame::sequence).containsExactly(4L, 7L);
    assertThat(page.frames()).noneMatch(f -> f.wire().isBeside(read.frames().get(1).wire()));
    assertThat(cache.get(0)).isSameAs(page);
    assertThat(page.to()).isEqualTo(read.to());
  }

  private static Frame frame(long sequence, Frame.Kind kind) {
    return new Frame(0, sequence, kind, WireFrame.of("event " + sequence), List.of());
  }

  private static Page page(Frame... frames) {
    return Page.of(0, Page.SIZE, List.of(frames));
  }
}
