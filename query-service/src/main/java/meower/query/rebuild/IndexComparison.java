package meower.query.rebuild;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import co.elastic.clients.json.JsonData;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import meower.nats.NatsLink;
import meower.query.deadletter.DeadLetters;
import meower.query.deadletter.StreamMessages;
import meower.query.index.MeowIndex;
import meower.query.index.StreamEvent;
import meower.schema.MalformedEventException;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEventJson;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.stream.Streams;
import meower.stream.signing.EventDecoder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Compares an index with the stream before readers follow to it, meow by meow: each has to be in
 * its place, as its latest event says.
 *
 * <p>Edits and deletions are few and are all looked at. Of creations there are many: counting tells
 * whether one is missing, and by halves where. What is missing is in order when the message is no
 * event, is parked, or is of a meow that the stream has twice.
 */
@Component
class IndexComparison {

  /** More than that need no closer look: the index is not fit to be read. */
  private static final int ENOUGH = 100;

  private static final String GONE = "gone";
  private static final String VERSION = "version";
  private static final List<String> FIELDS = List.of("id", "sequence", GONE, VERSION);

  /** Where the index has a meow, and which event was the last one to make it so. */
  private record Indexed(String id, long sequence, @Nullable Boolean gone, @Nullable Long version) {

    boolean isAfter(StreamEvent event) {
      long latest = version == null ? sequence : version;
      return latest > event.sequence()
          || (latest == event.sequence()
              && sequence == event.place()
              && event.event() instanceof MeowDeleted == Boolean.TRUE.equals(gone));
    }
  }

  private final ElasticsearchClient client;
  private final NatsLink link;
  private final EventDecoder decoder;
  private final StreamMessages messages;
  private final DeadLetters deadLetters;

  IndexComparison(
      ElasticsearchClient client,
      NatsLink link,
      Streams streams,
      StreamMessages messages,
      DeadLetters deadLetters) {
    this.client = client;
    this.link = link;
    this.decoder = streams.events();
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
      throws IOException, JetStreamApiException {
    client.indices().refresh(r -> r.index(target.toString()));
    List<Long> missing = new ArrayList<>();
    if (first <= last) {
      OtherSequences others = new OtherSequences();
      for (String subject : List.of(MeowStream.EDITED, MeowStream.DELETED)) {
        compareEach(target, subject, first, last, others, missing);
      }
      others.close();
      bisect(target, first, last, others, missing);
    }
    return new ComparisonResult(
        last,
        missing.stream().sorted().toList(),
        count(target, new BoolQuery.Builder().filter(range(0, last))),
        read.epoch().equals(target.epoch())
            ? OptionalLong.of(count(read, knownOf(read, last)))
            : OptionalLong.empty());
  }

  /**
   * The new index knows a meow that was deleted up to here by its deletion. One that was deleted
   * later it perhaps does not know yet, since its creation is erased.
   */
  private static BoolQuery.Builder knownOf(MeowIndex read, long last) {
    if (!read.hasRevisions()) {
      return read.shown().filter(range(0, last));
    }
    Query later =
        Query.of(q -> q.range(r -> r.untyped(u -> u.field(VERSION).gt(JsonData.of(last)))));
    return new BoolQuery.Builder()
        .filter(range(0, last))
        .mustNot(
            q -> q.bool(b -> b.filter(later).filter(f -> f.term(t -> t.field(GONE).value(true)))));
  }

  private void compareEach(
      MeowIndex index,
      String subject,
      long first,
      long last,
      OtherSequences others,
      List<Long> missing)
      throws IOException, JetStreamApiException {
    try (LaterEvents later = LaterEvents.of(link.connection(), subject, first, last)) {
      List<Message> batch = later.next();
      while (!batch.isEmpty()) {
        compare(index, events(index, batch, others), others, missing);
        batch = later.next();
      }
    }
  }

  private List<StreamEvent> events(MeowIndex index, List<Message> batch, OtherSequences others) {
    List<StreamEvent> events = new ArrayList<>();
    for (Message message : batch) {
      try {
        StreamEvent event = StreamEvent.of(message, decoder, index.epoch());
        events.add(event);
      } catch (MalformedEventException e) {
        others.add(message.metaData().streamSequence());
      }
    }
    return events;
  }

  private void compare(
      MeowIndex index, List<StreamEvent> events, OtherSequences others, List<Long> missing)
      throws IOException, JetStreamApiException {
    Map<String, Indexed> found = find(index, events);
    for (StreamEvent event : events) {
      Indexed meow = found.get(event.event().id().value());
      boolean isIndexed = meow != null && meow.isAfter(event);
      others.add(event, isIndexed);
      if (!isIndexed
          && missing.size() < ENOUGH
          && !isParked(index, MeowEventJson.subjectOf(event.event()), event.sequence())) {
        missing.add(event.sequence());
      }
    }
  }

  private void bisect(
      MeowIndex index, long first, long last, OtherSequences others, List<Long> missing)
      throws IOException, JetStreamApiException {
    long wanted = others.shown(first, last);
    if (missing.size() >= ENOUGH
        || wanted == 0
        || count(index, index.shown().filter(range(first, last))) >= wanted) {
      return;
    }
    if (first == last) {
      if (!isInOrder(index, first)) {
        missing.add(first);
      }
      return;
    }
    long middle = first + (last - first) / 2;
    bisect(index, first, middle, others, missing);
    bisect(index, middle + 1, last, others, missing);
  }

  private boolean isInOrder(MeowIndex index, long sequence)
      throws IOException, JetStreamApiException {
    Optional<MessageInfo> message = messages.find(MeowStream.NAME, sequence);
    if (message.isEmpty()
        || isParked(index, Objects.requireNonNull(message.get().getSubject()), sequence)) {
      return true;
    }
    try {
      StreamEvent event = StreamEvent.of(message.get(), decoder, index.epoch());
      // The others were looked at already.
      return !(event.event() instanceof MeowCreated) || !find(index, List.of(event)).isEmpty();
    } catch (MalformedEventException e) {
      return true;
    }
  }

  private boolean isParked(MeowIndex index, String subject, long sequence)
      throws IOException, JetStreamApiException {
    return deadLetters.isParked(subject, new Position(index.epoch(), sequence));
  }

  /** Returns the meows of the events, as far as there are any, by their ids. */
  private Map<String, Indexed> find(MeowIndex index, List<StreamEvent> events) throws IOException {
    List<String> ids = events.stream().map(e -> e.event().id().value()).distinct().toList();
    Map<String, Indexed> found = new HashMap<>();
    if (!ids.isEmpty()) {
      client
          .mget(m -> m.index(index.toString()).ids(ids).sourceIncludes(FIELDS), Indexed.class)
          .docs()
          .stream()
          .filter(MultiGetResponseItem::isResult)
          .map(item -> item.result().source())
          .filter(Objects::nonNull)
          .forEach(meow -> found.put(Objects.requireNonNull(meow).id(), meow));
    }
    return found;
  }

  private static Query range(long first, long last) {
    return Query.of(q ->
        q.range(r ->
            r.untyped(u -> u.field("sequence").gte(JsonData.of(first)).lte(JsonData.of(last)))));
  }

  private long count(MeowIndex index, BoolQuery.Builder query) throws IOException {
    return client.count(c -> c.index(index.toString()).query(query.build())).count();
  }
}
