package meower.query.rebuild;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.GetResponse;
import co.elastic.clients.json.JsonData;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import meower.nats.NatsUnavailableException;
import meower.query.deadletter.DeadLetters;
import meower.query.deadletter.StreamMessages;
import meower.query.index.MeowIndex;
import meower.schema.MalformedEventException;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEventJson;
import meower.schema.MeowStream;
import meower.schema.Position;
import org.springframework.stereotype.Component;

/**
 * Compares an index with the stream before readers follow to it.
 *
 * <p>Counting tells whether something is missing, and by halves where. What is missing is in order
 * when the message is no meow, is parked, or is a meow that the stream has twice.
 */
@Component
class IndexComparison {

  /** More than that need no closer look: the index is not fit to be read. */
  private static final int ENOUGH = 100;

  private static final byte[] NOTHING = {};

  private record Sequence(long sequence) {}

  private final ElasticsearchClient client;
  private final StreamMessages messages;
  private final DeadLetters deadLetters;

  IndexComparison(ElasticsearchClient client, StreamMessages messages, DeadLetters deadLetters) {
    this.client = client;
    this.messages = messages;
    this.deadLetters = deadLetters;
  }

  /**
   * Compares an index with the stream and with the index that is read.
   *
   * @param first the first sequence that it should have
   * @param last the last one
   * @return with the first {@value #ENOUGH} sequences that are missing
   */
  ComparisonResult compare(MeowIndex target, MeowIndex read, long first, long last)
      throws IOException, NatsUnavailableException, JetStreamApiException {
    client.indices().refresh(r -> r.index(target.toString()));
    List<Long> missing = new ArrayList<>();
    if (first <= last) {
      bisect(target, first, last, missing);
    }
    return new ComparisonResult(
        last,
        missing,
        count(target, 0, last),
        read.epoch().equals(target.epoch())
            ? OptionalLong.of(count(read, 0, last))
            : OptionalLong.empty());
  }

  private void bisect(MeowIndex index, long first, long last, List<Long> missing)
      throws IOException, NatsUnavailableException, JetStreamApiException {
    if (missing.size() >= ENOUGH || count(index, first, last) > last - first) {
      return;
    }
    if (first == last) {
      if (!isInOrder(index, first)) {
        missing.add(first);
      }
      return;
    }
    long middle = first + (last - first) / 2;
    bisect(index, first, middle, missing);
    bisect(index, middle + 1, last, missing);
  }

  private boolean isInOrder(MeowIndex index, long sequence)
      throws IOException, NatsUnavailableException, JetStreamApiException {
    Optional<MessageInfo> message = messages.find(MeowStream.NAME, sequence);
    if (message.isEmpty()) {
      return true;
    }
    String subject = Objects.requireNonNull(message.get().getSubject());
    if (deadLetters.isParked(subject, new Position(index.epoch(), sequence))) {
      return true;
    }
    byte[] payload = Objects.requireNonNullElse(message.get().getData(), NOTHING);
    try {
      return switch (MeowEventJson.decode(subject, payload)) {
        case MeowCreated meow -> isEarlier(index, meow, sequence);
        case MeowEdited _, MeowDeleted _ ->
            throw new IllegalStateException("nobody publishes edits and deletions yet");
      };
    } catch (MalformedEventException e) {
      return true;
    }
  }

  private boolean isEarlier(MeowIndex index, MeowCreated meow, long sequence) throws IOException {
    GetResponse<Sequence> response =
        client.get(
            g -> g.index(index.toString()).id(meow.id().value()).sourceIncludes("sequence"),
            Sequence.class);
    Sequence found = response.source();
    return found != null && found.sequence() != sequence;
  }

  private long count(MeowIndex index, long first, long last) throws IOException {
    Query range =
        Query.of(q ->
            q.range(r ->
                r.untyped(
                    u -> u.field("sequence").gte(JsonData.of(first)).lte(JsonData.of(last)))));
    return client.count(c -> c.index(index.toString()).query(range)).count();
  }
}
