package meower.e2e.chaos.remains;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import meower.e2e.access.Access;
import meower.standalone.process.DataFolder;
import meower.standalone.stack.Part;
import meower.standalone.stack.PortPlan;

/**
 * Goes through everything that a stack keeps, byte by byte, while the stack runs.
 *
 * <p>What a byte search finds in the files of Lucene is less than what is in them: stored fields
 * are compressed, and terms are stored without what they have in common. So the documents that are
 * deleted and not yet written out of the files are counted as well. Postgres' write-ahead log is
 * not searched: it has every text until it is recycled.
 */
public final class RemainsSearch {

  /** Within which everything has to be gone. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration POLL = Duration.ofSeconds(2);

  private static final String LUCENE = "deleted documents of Lucene";

  private final DataFolder data;
  private final PostgresRows rows;
  private final PostgresRows programs;
  private final IndexSources sources;
  private final Access access;
  private final Consumer<String> log;

  public RemainsSearch(DataFolder data, PortPlan ports, Consumer<String> log) {
    this.data = data;
    this.log = log;
    this.access = new Access(ports, data);
    this.rows = new PostgresRows("rows of Postgres", () -> access.postgresAsOwner(Part.COMMAND));
    this.programs =
        new PostgresRows("rows of programs", () -> access.postgresAsOwner(Part.PROGRAM));
    this.sources = new IndexSources(access::elasticsearch, access::transport);
  }

  /**
   * Searches, and again for a minute as long as something is found: first in what is used, then in
   * the files that the servers were made to write anew.
   *
   * @param living words that have to be where texts are kept: a search that finds none is blind
   * @return what is left in each place, also where that is nothing
   */
  public List<Remains> run(Words words, Words living) throws Exception {
    var found = new ArrayList<>(search(words, inUse()));
    requireSight(living, List.of(meows(), blocks(), rows, programs, sources));
    rows.compact();
    programs.compact();
    long deleted = compactIndexes();
    log.accept("Lucene has " + deleted + " deleted documents after the expunge");
    found.addAll(search(words, written()));
    requireSight(living, List.of(tables()));
    found.add(new Remains(LUCENE, deleted == 0 ? Set.of() : Set.of(deleted + " documents")));
    return found;
  }

  /** What was deleted last is kept for copies of the index for a moment more. */
  private long compactIndexes() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long deleted = sources.compact();
    while (deleted > 0 && System.nanoTime() < deadline) {
      Thread.sleep(POLL);
      deleted = sources.compact();
    }
    return deleted;
  }

  private List<Place> inUse() {
    return List.of(
        meows(),
        new StreamMessages(access, "DEAD_LETTERS"),
        blocks(),
        rows,
        programs,
        sources,
        files("nginx's files", Part.NGINX.label(), _ -> true),
        files("logs", "", RemainsSearch::isLog));
  }

  private List<Place> written() {
    return List.of(
        tables(), files("files of Elasticsearch", Part.ELASTICSEARCH.label(), _ -> true));
  }

  private Place meows() {
    return new StreamMessages(access, "MEOWS");
  }

  private Place blocks() {
    return files(
        "block files of NATS", Part.NATS.label(), file -> file.toString().endsWith(".blk"));
  }

  private Place tables() {
    return files(
        "data files of Postgres",
        Part.POSTGRES.label(),
        file -> !file.toString().contains("/pg_wal/"));
  }

  private static void requireSight(Words living, List<Place> places) throws Exception {
    for (var place : places) {
      if (place.search(living).isEmpty()) {
        throw new IllegalStateException("found nothing of what is there in " + place.name());
      }
    }
  }

  private FilesPlace files(String name, String folder, Predicate<Path> wanted) {
    return new FilesPlace(name, data.root().resolve(folder), wanted);
  }

  /** Not only those that are known to be there: a server may have one of its own. */
  private static boolean isLog(Path file) {
    return file.toString().matches(".*(/logs/|\\.(log|out|err)\\b).*");
  }

  private List<Remains> search(Words words, List<Place> places) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    var found = new TreeMap<String, Remains>();
    var left = new ArrayList<>(places);
    while (true) {
      for (var place : List.copyOf(left)) {
        var remains = new Remains(place.name(), new TreeSet<>(place.search(words)));
        found.put(place.name(), remains);
        if (remains.words().isEmpty()) {
          left.remove(place);
        }
      }
      if (left.isEmpty() || System.nanoTime() > deadline) {
        return List.copyOf(found.values());
      }
      Thread.sleep(POLL);
    }
  }
}
