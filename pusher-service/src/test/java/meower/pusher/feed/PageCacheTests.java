package meower.pusher.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageCacheTests {

  private static final long SIZE = page(100).bytes();

  private final PageCache cache = new PageCache(2 * SIZE);

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
}
