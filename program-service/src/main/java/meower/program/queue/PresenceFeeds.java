package meower.program.queue;

import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import meower.database.StrictJdbc;
import meower.program.change.ChangeStore;
import meower.program.change.Changes;
import meower.program.queue.FeedDefinition.OfPresence;
import meower.program.request.Postgres;
import meower.web.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says where a feed of who comes and leaves begins, and how far it is. */
@Component
class PresenceFeeds {

  private final JdbcClient jdbc;
  private final ChangeStore changes;

  PresenceFeeds(DataSource database, ChangeStore changes) {
    this.jdbc = StrictJdbc.on(database);
    this.changes = changes;
  }

  /**
   * Returns the version behind which a feed begins.
   *
   * @throws ProblemException 400 if there is no such presence, or the version is not kept, 403 if
   *     the caller may not see it
   */
  long start(String caller, OfPresence feed) {
    String program = feed.program();
    OptionalLong wanted = feed.after();
    Changes found =
        Postgres.ask(() -> changes.after(program, wanted.orElse(Long.MAX_VALUE), 1))
            .orElseThrow(() -> noPresence(program));
    if (!found.isPublic() && !caller.equals(program)) {
      throw QueueProblems.presenceNotAllowed(caller, program);
    }
    if (wanted.isPresent() && !found.covers(wanted.getAsLong())) {
      throw OfPresence.badAfter();
    }
    return wanted.orElse(found.version());
  }

  private static ProblemException noPresence(String program) {
    return ProblemException.badParameter(
        "feed.presence",
        "The program %s has not said where its objects are looked up: have it do so with PUT /presence, or check its name."
            .formatted(program));
  }

  /** Returns how far the feed of a queue is. */
  Optional<FeedAnswer> status(Queue queue, OfPresence feed) {
    return jdbc.sql(
            """
            select place.version, source.public, source.program is null as is_unknown,
              (select count(*) from presence_change as change
                where change.program = place.program and change.version > place.version) as behind
            from presence_feed_place as place
            left join presence_source as source on source.program = place.program
            where place.queue = :queue
            """)
        .param("queue", queue.id())
        .query((row, _) -> {
          boolean isAllowed = row.getBoolean("public") || queue.isOf(feed.program());
          return FeedAnswer.of(
              feed,
              row.getLong("version"),
              row.getLong("behind"),
              row.getBoolean("is_unknown") ? "unknown-presence" : isAllowed ? "ok" : "not-allowed");
        })
        .optional();
  }
}
