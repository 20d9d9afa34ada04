package meower.query.audit;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import meower.nats.RequestRefusedException;
import meower.query.deadletter.StreamMessages;
import meower.query.index.IndexCatalog;
import meower.query.index.Mapping;
import meower.query.index.MeowIndex;
import meower.query.index.MeowIndexes;
import meower.query.index.StreamEvent;
import meower.query.model.audit.IndexMending;
import meower.query.projection.BulkWriter;
import meower.query.projection.WriteOutcome;
import meower.schema.MalformedEventException;
import meower.schema.MeowStream;
import meower.stream.Streams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes documents again that an audit has found wrong: as the stream says, from which the index is
 * filled.
 *
 * <p>What has changed meanwhile is left alone: each document is written with the version that the
 * index keeps for it, and is refused if there is a later one.
 */
@Component
class IndexRepair {

  private static final Logger log = LoggerFactory.getLogger(IndexRepair.class);

  private final MeowIndexes indexes;
  private final Mapping mapping;
  private final Streams streams;
  private final StreamMessages messages;
  private final BulkWriter writer;

  IndexRepair(
      MeowIndexes indexes,
      Mapping mapping,
      Streams streams,
      StreamMessages messages,
      BulkWriter writer) {
    this.indexes = indexes;
    this.mapping = mapping;
    this.streams = streams;
    this.messages = messages;
    this.writer = writer;
  }

  /** What has become of it. */
  record Result(int written) {}

  Result mend(IndexMending mending)
      throws RequestRefusedException, IOException, JetStreamApiException {
    if (mending.events().size() > IndexMending.MOST || mending.wrong().size() > IndexMending.MOST) {
      throw new RequestRefusedException("Name at most " + IndexMending.MOST + " of them.");
    }
    MeowIndex index = index(mending.index());
    Map<StreamEvent, Long> versions = versions(mending, index.epoch());
    Map<String, Long> wrong = new LinkedHashMap<>();
    mending.wrong().forEach(document -> wrong.put(document.handle(), document.version()));
    require(writer.delete(index, wrong));
    List<StreamEvent> events = List.copyOf(versions.keySet());
    List<WriteOutcome> outcomes = writer.replace(index, versions);
    require(outcomes);
    require(writer.createAnyway(index, refusedThoughMissing(events, outcomes, versions)));
    log.info("index={} state=mended documents={} deleted={}", index, events.size(), wrong.size());
    return new Result(events.size());
  }

  private MeowIndex index(String name)
      throws RequestRefusedException, IOException, JetStreamApiException {
    IndexCatalog catalog = indexes.catalog();
    Optional<String> epoch = streams.findMeows().map(Streams::epoch);
    return catalog
        .read()
        .filter(index -> index.toString().equals(name))
        .filter(index -> epoch.filter(index.epoch()::equals).isPresent())
        .filter(index -> !catalog.isReadByNewer(mapping))
        .orElseThrow(() ->
            new RequestRefusedException(
                "The index " + name + " was replaced meanwhile. Audit again."));
  }

  /** Returns the events that the stream has, with the versions that their documents get. */
  private Map<StreamEvent, Long> versions(IndexMending mending, String epoch)
      throws IOException, JetStreamApiException {
    Map<StreamEvent, Long> versions = new LinkedHashMap<>();
    for (IndexMending.Event wanted : mending.events()) {
      Optional<MessageInfo> message = messages.find(MeowStream.NAME, wanted.sequence());
      if (message.isPresent()) {
        try {
          versions.put(StreamEvent.of(message.get(), streams.events(), epoch), wanted.version());
        } catch (MalformedEventException e) {
          log.warn("sequence={} state=not-mended reason=\"no event\"", wanted.sequence());
        }
      }
    }
    return versions;
  }

  /** Elasticsearch remembers for a minute the version of what was deleted by hand. */
  private static List<StreamEvent> refusedThoughMissing(
      List<StreamEvent> events, List<WriteOutcome> outcomes, Map<StreamEvent, Long> versions) {
    List<StreamEvent> missing = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      StreamEvent event = events.get(i);
      boolean wasMissing = Objects.equals(versions.get(event), 0L);
      if (wasMissing && outcomes.get(i) instanceof WriteOutcome.AlreadyThere) {
        missing.add(event);
      }
    }
    return missing;
  }

  private static void require(List<WriteOutcome> outcomes) throws RequestRefusedException {
    for (WriteOutcome outcome : outcomes) {
      switch (outcome) {
        case WriteOutcome.Indexed _, WriteOutcome.AlreadyThere _ -> {}
        case WriteOutcome.Failed(String reason) -> throw refused(reason);
        case WriteOutcome.Impossible(String reason) -> throw refused(reason);
      }
    }
  }

  private static RequestRefusedException refused(String reason) {
    return new RequestRefusedException("Elasticsearch refuses to write: " + reason);
  }
}
