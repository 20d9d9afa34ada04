package meower.query.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Owns which index is written and which is read.
 *
 * <p>Written is the index of the current mapping and the current epoch, through an alias of its
 * own: writing to an index that has vanished is then an error, where Elasticsearch would otherwise
 * make one with a guessed mapping. Read is the index behind the alias {@value #READ_ALIAS}; it is
 * pointed at another index only when that one has caught up.
 */
@Component
public class MeowIndexes {

  /** Which mapping the code writes; a change of {@code meows-v1.json} is a new one. */
  static final int MAPPING_VERSION = 1;

  private static final Logger log = LoggerFactory.getLogger(MeowIndexes.class);
  private static final String READ_ALIAS = "meows";
  private static final String ALREADY_EXISTS = "resource_already_exists_exception";
  private static final int NOT_FOUND = 404;

  private final ElasticsearchClient client;
  private final IndexProperties properties;

  MeowIndexes(ElasticsearchClient client, IndexProperties properties) {
    this.client = client;
    this.properties = properties;
  }

  /**
   * Returns the index that is read, or nothing while there is none yet.
   *
   * @throws IOException if Elasticsearch does not answer
   * @throws ElasticsearchException if it refuses
   */
  public Optional<IndexName> findRead() throws IOException {
    try {
      return client.indices().getAlias(a -> a.name(READ_ALIAS)).result().keySet().stream()
          .flatMap(name -> IndexName.parse(name).stream())
          .max(Comparator.comparingInt(IndexName::mappingVersion).thenComparing(IndexName::epoch));
    } catch (ElasticsearchException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  boolean exists(IndexName index) throws IOException {
    return client.indices().existsAlias(a -> a.name(index.writeAlias())).value();
  }

  /** Makes the index; that another instance has just made it is as good. */
  void create(IndexName index) throws IOException {
    try (InputStream mapping = resource()) {
      client
          .indices()
          .create(c ->
              c.withJson(mapping)
                  .index(index.toString())
                  .aliases(index.writeAlias(), a -> a.isHidden(true)));
      log.info("index={} state=created", index);
    } catch (ElasticsearchException e) {
      if (!ALREADY_EXISTS.equals(e.error().type())) {
        throw e;
      }
    }
  }

  void adjustReplicas(IndexName index) throws IOException {
    client
        .indices()
        .putSettings(p ->
            p.index(index.toString())
                .settings(s -> s.numberOfReplicas(String.valueOf(properties.replicas()))));
  }

  /** Lets readers read this index and no other. */
  void read(IndexName index) throws IOException {
    client
        .indices()
        .updateAliases(u ->
            u.actions(a -> a.remove(r -> r.index("meows-v*").alias(READ_ALIAS).mustExist(false)))
                .actions(a -> a.add(r -> r.index(index.toString()).alias(READ_ALIAS))));
    log.info("index={} state=read", index);
  }

  private static InputStream resource() throws IOException {
    String name = "/meows-v" + MAPPING_VERSION + ".json";
    InputStream mapping = MeowIndexes.class.getResourceAsStream(name);
    if (mapping == null) {
      throw new IOException("missing resource " + name);
    }
    return mapping;
  }
}
