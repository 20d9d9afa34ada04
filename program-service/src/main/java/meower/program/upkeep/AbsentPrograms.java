package meower.program.upkeep;

import java.time.Duration;
import java.util.Collection;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Remembers since when programs that have something here are not known any more. */
@Component
class AbsentPrograms {

  private final JdbcClient jdbc;

  AbsentPrograms(DataSource database) {
    this.jdbc = StrictJdbc.on(database);
  }

  /**
   * Takes down who is there at this moment; everybody else who has something here is absent from
   * now on.
   *
   * @param present the names of all programs
   */
  void note(Collection<String> present) {
    jdbc.sql(
            """
            with absent as materialized (
              select program from queue where program <> all(:present)
              union select program from presence_source where program <> all(:present)
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

  /**
   * Forgets where objects of programs are looked up, and which are here, that have been absent for
   * longer than the duration.
   *
   * @return how many programs
   */
  int forgetPresence(Duration kept) {
    return jdbc.sql(
            """
            with gone as (
              delete from presence_source using absent_program
              where presence_source.program = absent_program.program
                and absent_program.since <= now() - make_interval(secs => :seconds)
              returning presence_source.program
            ), gone_object as (
              delete from seen using gone where seen.program = gone.program
            ), gone_change as (
              delete from presence_change using gone where presence_change.program = gone.program
            )
            select count(*) from gone
            """)
        .param("seconds", (double) kept.toSeconds())
        .query(Integer.class)
        .single();
  }
}
