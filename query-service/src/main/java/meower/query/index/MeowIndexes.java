package meower.query.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch.indices.IndexSettings;
import co.elastic.clients.elasticsearch.indices.IndexState;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes, lists and deletes indexes, and says which one is read.
 *
 * <p>An index is written through an alias of its own: writing to an index that has vanished is then
 * an error, where Elasticsearch would otherwise make one with a guessed mapping. Read is the index
 * behind the alias {@value #READ_ALIAS}.
 *
 * <p>Every method throws {@link IOException} if Elasticsearch does not answer, and {@link
 * ElasticsearchException} if it refuses.
 */
@Component
public class MeowIndexes {

  private static final Logger log = LoggerFactory.getLogger(MeowIndexes.class);
  private static final String READ_ALIAS = "meows";
  private static final String EVERY = "meows-v*";
  private static final String ALREADY_EXISTS = "resource_already_exists_exception";
  private static final int NOT_FOUND = 404;

  private static final Comparator<MeowIndex> NEWEST =
      Comparator.comparing(
          MeowIndex::name,
          Comparator.comparingInt(IndexName::mappingVersion)
              .thenComparing(IndexName::epoch)
              .thenComparingInt(IndexName::generation));

  private final ElasticsearchClient client;
  private final IndexProperties properties;

  MeowIndexes(ElasticsearchClient client, IndexProperties properties) {
    this.client = client;
    this.properties = properties;
  }

  /** Returns the index that is read, or nothing while there is none yet. */
  public Optional<MeowIndex> findRead() throws IOException {
    return list(READ_ALIAS).read();
  }

  /** Returns all indexes, as they were at one moment. */
  public IndexCatalog catalog() throws IOException {
    return list(EVERY);
  }

  /**
   * Puts right what somebody else has done to the indexes: opens those that were closed, and takes
   * the name that readers use from what is not ours.
   */
  public void restore() throws IOException {
    for (Map.Entry<String, IndexState> entry : states(EVERY, READ_ALIAS).entrySet()) {
      String index = entry.getKey();
      if (index.equals(READ_ALIAS)) {
        deleteForeign(index);
      } else if (IndexName.parse(index).isEmpty()) {
        client.indices().deleteAlias(d -> d.index(index).name(READ_ALIAS));
        log.warn("index={} state=foreign action=not-read-any-more", index);
      } else if (isClosed(entry.getValue())) {
        client.indices().open(o -> o.index(index));
        log.warn("index={} state=closed action=opened", index);
      }
    }
  }

  /** Makes the index; that another instance has just made it is as good. */
  public void create(IndexName name) throws IOException {
    try (InputStream mapping = new Mapping(name.mappingVersion()).open()) {
      client
          .indices()
          .create(c ->
              c.withJson(mapping)
                  .index(name.toString())
                  .aliases(name.writeAlias(), a -> a.isHidden(true))
                  .aliases(name.fillAlias(), a -> a.isHidden(true)));
      log.info("index={} state=created", name);
    } catch (ElasticsearchException e) {
      if (!ALREADY_EXISTS.equals(e.error().type())) {
        throw e;
      }
      if (!isOurs(name)) {
        deleteForeign(name.toString());
      }
    }
  }

  private boolean isOurs(IndexName name) throws IOException {
    @Nullable IndexState state = states(name.toString()).get(name.toString());
    return state == null || state.aliases().containsKey(name.writeAlias());
  }

  /** All that is ours can be filled again, from the stream. */
  private void deleteForeign(String index) throws IOException {
    client.indices().delete(d -> d.index(index).ignoreUnavailable(true));
    log.warn("index={} state=foreign action=deleted", index);
  }

  public void adjustReplicas(MeowIndex index) throws IOException {
    client
        .indices()
        .putSettings(p ->
            p.index(index.toString())
                .settings(s -> s.numberOfReplicas(String.valueOf(properties.replicas()))));
  }

  /**
   * Lets readers read this index, unless they do not read the former one any more. From then on
   * nothing is written into it that is not visible at once.
   */
  public void swap(Optional<MeowIndex> former, MeowIndex index) throws IOException {
    String from = former.map(MeowIndex::toString).orElse(EVERY);
    client.indices().refresh(r -> r.index(index.toString()));
    client
        .indices()
        .updateAliases(u ->
            u.actions(a ->
                    a.remove(r -> r.index(from).alias(READ_ALIAS).mustExist(former.isPresent())))
                .actions(a -> a.add(r -> r.index(index.toString()).alias(READ_ALIAS)))
                .actions(a ->
                    a.remove(r ->
                        r.index(index.toString())
                            .alias(index.name().fillAlias())
                            .mustExist(false))));
    log.info("index={} state=read former={}", index, former.map(MeowIndex::toString).orElse(""));
  }

  /** Deletes the index; that another instance has just deleted it is as good. */
  public void delete(MeowIndex index) throws IOException {
    client.indices().delete(d -> d.index(index.toString()).ignoreUnavailable(true));
    log.info("index={} state=deleted", index);
  }

  private IndexCatalog list(String pattern) throws IOException {
    List<MeowIndex> all = new ArrayList<>();
    List<MeowIndex> read = new ArrayList<>();
    for (Map.Entry<String, IndexState> entry : states(pattern).entrySet()) {
      Optional<IndexName> name = IndexName.parse(entry.getKey());
      if (name.isPresent() && entry.getValue().aliases().containsKey(name.get().writeAlias())) {
        MeowIndex index = index(name.get(), entry.getValue());
        all.add(index);
        if (entry.getValue().aliases().containsKey(READ_ALIAS)) {
          read.add(index);
        }
      }
    }
    return new IndexCatalog(all, read.stream().max(NEWEST));
  }

  private Map<String, IndexState> states(String... patterns) throws IOException {
    try {
      return client
          .indices()
          .get(g ->
              g.index(List.of(patterns))
                  .expandWildcards(ExpandWildcard.Open, ExpandWildcard.Closed)
                  .ignoreUnavailable(patterns.length > 1))
          .result();
    } catch (ElasticsearchException e) {
      if (e.status() == NOT_FOUND) {
        return Map.of();
      }
      throw e;
    }
  }

  private static boolean isClosed(IndexState state) {
    IndexSettings settings = Objects.requireNonNull(state.settings());
    return Boolean.TRUE.equals(Objects.requireNonNull(settings.index()).verifiedBeforeClose());
  }

  private static MeowIndex index(IndexName name, IndexState state) {
    IndexSettings settings = Objects.requireNonNull(state.settings());
    return new MeowIndex(
        name,
        Objects.requireNonNull(Objects.requireNonNull(settings.index()).uuid()),
        Objects.requireNonNull(state.mappings()).properties().keySet());
  }
}
