package meower.pusher.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pages that somebody came by last, in a bounded amount of memory. Thread-safe.
 *
 * <p>A page comes out of it without any text that was taken back before, and whenever a page was
 * read it goes through here: so none that was being read during a deletion keeps the text.
 */
public final class PageCache {

  private final long maxBytes;
  private final Erasures erasures;
  private final Map<Long, Page> pages = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param maxBytes the most memory that the pages take; a larger page is held alone
   * @param erasures what may not be in any of them; belongs to the cache
   */
  public PageCache(long maxBytes, Erasures erasures) {
    this.maxBytes = maxBytes;
    this.erasures = erasures;
  }

  public synchronized @Nullable Page get(long number) {
    return pages.get(number);
  }

  /**
   * Puts a page in, in place of an older one with this number and of those not used for long.
   *
   * @return the page without what was erased meanwhile
   */
  public synchronized Page put(long number, Page read) {
    Page page = read.without(erasures::contains);
    Page replaced = pages.put(number, page);
    bytes += page.bytes() - (replaced == null ? 0 : replaced.bytes());
    var oldest = pages.values().iterator();
    while (bytes > maxBytes && pages.size() > 1) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
    return page;
  }

  /**
   * Lets go of the pages that have a text with one of the sequences. Pages that are put in within
   * the next minutes come without these, whatever the stream says.
   */
  public synchronized void erase(List<Long> sequences) {
    erasures.add(sequences);
    sequences.stream()
        .map(sequence -> Page.numberAfter(sequence - 1))
        .distinct()
        .forEach(number -> dropIfItHas(number, sequences));
  }

  private void dropIfItHas(long number, List<Long> sequences) {
    Page page = pages.get(number);
    if (page != null && page.hasTextOf(sequences)) {
      pages.remove(number);
      bytes -= page.bytes();
    }
  }

  /** Returns an upper estimate of the memory that the pages take. */
  synchronized long bytes() {
    return bytes;
  }
}
