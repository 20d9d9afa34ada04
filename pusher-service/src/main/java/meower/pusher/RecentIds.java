package meower.pusher;

import java.util.LinkedHashMap;
import java.util.Map;
import meower.schema.MeowId;

/**
 * The meows that went by last. The stream refuses a meow that comes twice within minutes; this
 * catches one that was published again later, after a crash, before the browsers see it twice.
 */
final class RecentIds {

  private final Map<MeowId, Boolean> ids;

  /**
   * @param capacity how many ids are remembered, at least 1
   */
  RecentIds(int capacity) {
    this.ids =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<MeowId, Boolean> eldest) {
            return size() > capacity;
          }
        };
  }

  /** Remembers the id and returns whether it was new. */
  boolean add(MeowId id) {
    return ids.put(id, Boolean.TRUE) == null;
  }

  /** Forgets all. */
  void clear() {
    ids.clear();
  }
}
