package meower.operations.status;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import meower.operations.connection.ExitStatus;
import meower.operations.connection.OperationFailedException;
import meower.operations.connection.Servers;
import meower.schema.DeadLetterStream;
import meower.schema.MeowStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./meower status}: how much is where, at a glance. */
@Command(
    name = "status",
    description = "how many meows and events are in Postgres, in the stream and in the index",
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

  private static final int STREAM_NOT_FOUND = 10059;
  private static final int NOT_FOUND = 404;

  /** Messages of deleted meows that are still in the present stream. */
  private static final String ERASURES =
      """
      select count(*) from publication
      where erasure = 1 and epoch = (select max(number) from stream_epoch)
      """;

  @Mixin private Servers servers = new Servers();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Connection postgres = servers.postgres()) {
      long deleted = count(postgres, "select count(*) from meow_event where kind = 'd'");
      long meows = count(postgres, "select count(*) from meow_event where revision = 1");
      print(out, "meows in Postgres", meows - deleted);
      print(out, "deleted meows", deleted);
      print(out, "events in Postgres", count(postgres, "select count(*) from meow_event"));
      print(out, "waiting in the outbox", count(postgres, "select count(*) from outbox"));
      print(out, "waiting to be erased", count(postgres, ERASURES));
    }
    print(out, "messages in the stream", messages(MeowStream.NAME));
    print(out, "dead letters", messages(DeadLetterStream.NAME));
    try (ElasticsearchClient elasticsearch = servers.elasticsearch()) {
      print(out, "meows in the index", indexed(elasticsearch));
    }
    return ExitStatus.FINE;
  }

  private static void print(PrintWriter out, String name, long value) {
    out.printf("%-24s %,14d%n", name, value);
    out.flush();
  }

  private static long count(Connection postgres, String sql) throws SQLException {
    try (Statement statement = postgres.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private long messages(String stream) throws Exception {
    try {
      return servers.withNats(
          nats -> nats.jetStreamManagement().getStreamInfo(stream).getStreamState().getMsgCount());
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == STREAM_NOT_FOUND) {
        return 0;
      }
      throw e;
    }
  }

  private static long indexed(ElasticsearchClient elasticsearch) {
    try {
      return elasticsearch
          .count(c ->
              c.index("meows")
                  .query(
                      q -> q.bool(b -> b.mustNot(m -> m.term(t -> t.field("gone").value(true))))))
          .count();
    } catch (ElasticsearchException e) {
      if (e.status() == NOT_FOUND) {
        return 0;
      }
      throw e;
    } catch (IOException e) {
      throw new OperationFailedException(
          "Elasticsearch does not answer. Start it, or wait until it is back", e);
    }
  }
}
