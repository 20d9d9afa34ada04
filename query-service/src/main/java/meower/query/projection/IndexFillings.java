package meower.query.projection;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import meower.query.index.IndexCatalog;
import meower.query.index.IndexProperties;
import meower.query.index.MeowIndex;
import meower.query.index.MeowIndexes;
import org.springframework.stereotype.Component;

/** Lets one {@link IndexFilling} write each index that is to be written, and no other. */
@Component
public class IndexFillings {

  private final MeowIndexes indexes;
  private final IndexConsumers consumers;
  private final Projection projection;
  private final IndexProperties properties;
  private final Map<MeowIndex, IndexFilling> fillings = new HashMap<>();

  IndexFillings(
      MeowIndexes indexes,
      IndexConsumers consumers,
      Projection projection,
      IndexProperties properties) {
    this.indexes = indexes;
    this.consumers = consumers;
    this.projection = projection;
    this.properties = properties;
  }

  /** Writes these indexes from now on; returns when the batches for others are finished. */
  public synchronized void write(IndexCatalog catalog) {
    List<MeowIndex> wanted = catalog.all();
    fillings.forEach((index, filling) -> filling.setRead(catalog.isRead(index)));
    Set<MeowIndex> unwanted = new HashSet<>(fillings.keySet());
    wanted.forEach(unwanted::remove);
    unwanted.forEach(index -> Objects.requireNonNull(fillings.remove(index)).stop());
    wanted.forEach(index -> fillings.computeIfAbsent(index, this::begin));
  }

  private IndexFilling begin(MeowIndex index) {
    IndexFilling filling = new IndexFilling(index, indexes, consumers, projection, properties);
    filling.start();
    return filling;
  }
}
