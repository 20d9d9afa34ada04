package meower.program.upkeep;

import java.time.Duration;
import java.util.Collection;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Remembers since when programs with queues are not known any more. */
@Component
class AbsentPrograms {

  private final JdbcClient jdbc;

  AbsentPrograms(DataSource database) {
    this.jdbc = StrictJdbc.on(database);
  }

  /**
   * Takes down who is there at this moment; everybody else who has queues is absent from now on.
   *
   * @param present the names of all programs
   */
  void note(Collection<String> present) {
    jdbc.sql(
            """
            with absent as materialized (
              select distinct program from queue where program <> all(:present)
            ), back as (
              delete from absent_program where program not in (select program from absent)
            )
            insert into absent_program (program) select program from absent
            on conflict do nothing
            """)
        .param("present", present.toArray(String[]::new))
        .update();
  }

  /**
   * Deletes the queues of programs that have been absent for longer than the duration.
   *
   * @return how many queues
   */
  int drop(Duration kept) {
    return jdbc.sql(
            """
            with gone as (
              delete from queue using absent_program
              where queue.program = absent_program.program
                and absent_program.since <= now() - make_interval(secs => :seconds)
              returning queue.id
            )
            insert into dropped_queue (id) select id from gone
            """)
        .param("seconds", (double) kept.toSeconds())
        .update();
  }
}
