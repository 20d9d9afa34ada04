package meower.pusher.feed;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages that somebody came by last, in a bounded amount of memory. Thread-safe. */
final class PageCache {

  private final long maxBytes;
  private final Map<Long, Page> pages = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param maxBytes the most memory that the pages take; a larger page is held alone
   */
  PageCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized @Nullable Page get(long number) {
    return pages.get(number);
  }

  /** Puts a page in, in place of an older one with this number and of those not used for long. */
  synchronized void put(long number, Page page) {
    Page replaced = pages.put(number, page);
    bytes += page.bytes() - (replaced == null ? 0 : replaced.bytes());
    var oldest = pages.values().iterator();
    while (bytes > maxBytes && pages.size() > 1) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  /** Returns an upper estimate of the memory that the pages take. */
  synchronized long bytes() {
    return bytes;
  }
}
