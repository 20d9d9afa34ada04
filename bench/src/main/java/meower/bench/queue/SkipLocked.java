package meower.bench.queue;

import meower.bench.lab.Contender;
import meower.bench.lab.Lab;
import meower.bench.post.PgBench;
import meower.standalone.stack.Part;

/**
 * What people build when Postgres is there: a table, and {@code for update skip locked}. It has the
 * same promises and settings as Meower's queue, and neither HTTP nor names.
 */
final class SkipLocked {

  private static final String TABLE =
      """
      DROP TABLE IF EXISTS bench_queue;
      CREATE TABLE bench_queue (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        body text NOT NULL,
        visible_at timestamptz NOT NULL DEFAULT now(),
        lease uuid
      ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
      CREATE INDEX ON bench_queue (visible_at, seq)
      """;

  private SkipLocked() {}

  static Contender contender(Lab lab, int clients, int batch) {
    return new PgBench(
        lab.database(Part.PROGRAM),
        clients,
        lab.options().time(),
        new PgBench.Work(
            "pgbench: skip locked, by " + batch,
            "messages/s",
            batch,
            TABLE,
            cycle(batch),
            "DROP TABLE bench_queue"));
  }

  /** Three commits: whoever works does so between the second and the third. */
  private static String cycle(int batch) {
    return """
    INSERT INTO bench_queue (body)
    SELECT 'a message of a benchmark, as long as most are: some seventy letters...'
    FROM generate_series(1, %1$d);
    WITH taken AS (
      UPDATE bench_queue SET visible_at = now() + interval '30 s', lease = gen_random_uuid()
      FROM (SELECT seq FROM bench_queue WHERE visible_at <= now()
        ORDER BY visible_at, seq LIMIT %1$d FOR UPDATE SKIP LOCKED) AS next
      WHERE bench_queue.seq = next.seq
      RETURNING bench_queue.seq
    )
    SELECT coalesce(array_agg(seq), '{}') AS seqs FROM taken \\gset
    DELETE FROM bench_queue WHERE seq = ANY (:seqs::bigint[]) AND visible_at > now();
    """
        .formatted(batch);
  }
}
