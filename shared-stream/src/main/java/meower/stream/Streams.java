package meower.stream;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.Optional;
import meower.nats.Lookup;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.nats.NotFound;
import meower.schema.DeadLetterStream;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.schema.SightingStream;
import meower.schema.signing.EventSignatures;
import meower.schema.signing.SignedAfter;
import meower.stream.signing.EventDecoder;
import meower.stream.signing.ForgedMessages;
import org.jspecify.annotations.Nullable;

/**
 * The streams of Meower: how they are made and where they stand.
 *
 * <p>Each has one owner that makes it: the command service {@link MeowStream}, the query service
 * {@link DeadLetterStream}, the program service {@link SightingStream}. Everybody else waits until
 * it is there.
 *
 * <p>What asks the server throws {@link IOException} if it does not answer or there is no
 * connection, and {@link JetStreamApiException} if it refuses.
 */
public final class Streams {

  /** In the stream's description, because NATS 2.9 drops a stream's metadata. */
  private static final String REFILLING = "refilling";

  private final NatsLink link;
  private final NatsProperties properties;
  private final EventSignatures signatures;
  private final ForgedMessages forged = new ForgedMessages();
  private final EventDecoder events;

  /** Streams whose events nobody signs. */
  public Streams(NatsLink link, NatsProperties properties) {
    this(link, properties, EventSignatures.NONE);
  }

  /**
   * @param signatures those of the events
   */
  public Streams(NatsLink link, NatsProperties properties, EventSignatures signatures) {
    this.link = link;
    this.properties = properties;
    this.signatures = signatures;
    this.events = new EventDecoder(signatures, forged, this::findMeows);
  }

  /** Returns what makes events of messages. */
  public EventDecoder events() {
    return events;
  }

  /** Returns where messages of the stream of events were found that are forged. */
  ForgedMessages forged() {
    return forged;
  }

  /** Makes the stream of events, or brings an existing one to the configured number of replicas. */
  public StreamInfo ensureMeows() throws IOException, JetStreamApiException {
    return ensure(meows().build());
  }

  /** Makes the stream of events anew and says that it is being refilled; there must be none. */
  public StreamInfo createRefillingMeows() throws IOException, JetStreamApiException {
    return management().addStream(meows().description(REFILLING).build());
  }

  /** Says of the stream of events that it is being refilled. */
  public StreamInfo markRefilling() throws IOException, JetStreamApiException {
    return describe(REFILLING);
  }

  /**
   * Says of the stream of events that it is complete, and after which position all of it is signed.
   *
   * @param signed empty while some of it is not
   */
  public StreamInfo markComplete(Optional<SignedAfter> signed)
      throws IOException, JetStreamApiException {
    return describe(description(signed));
  }

  /** Tells whether the stream says of itself just what {@link #markComplete} would say. */
  public boolean isComplete(StreamInfo info, Optional<SignedAfter> signed) {
    @Nullable String said = info.getConfiguration().getDescription();
    return description(signed).equals(said == null ? "" : said);
  }

  private String description(Optional<SignedAfter> signed) {
    return signed.map(after -> after.description(signatures)).orElse("");
  }

  private StreamInfo describe(String description) throws IOException, JetStreamApiException {
    StreamConfiguration current = management().getStreamInfo(MeowStream.NAME).getConfiguration();
    return management()
        .updateStream(StreamConfiguration.builder(current).description(description).build());
  }

  /**
   * Deletes the stream of events with all that is in it. Only for its owner, and only when all of
   * it can be had again.
   */
  public void deleteMeows() throws IOException, JetStreamApiException {
    management().deleteStream(MeowStream.NAME);
  }

  /**
   * Tells whether the stream's owner is bringing back what the stream has lost. Until that is done
   * it holds the past in part, and readers wait.
   */
  public static boolean isRefilling(StreamInfo info) {
    return REFILLING.equals(info.getConfiguration().getDescription());
  }

  /** Makes the stream of dead letters; see {@link #ensureMeows()} for what it throws. */
  public StreamInfo ensureDeadLetters() throws IOException, JetStreamApiException {
    return ensure(configuration(DeadLetterStream.NAME, DeadLetterStream.SUBJECTS).build());
  }

  /** Makes the stream of sightings; see {@link #ensureMeows()} for what it throws. */
  public StreamInfo ensureSightings() throws IOException, JetStreamApiException {
    return ensure(
        configuration(SightingStream.NAME, SightingStream.SUBJECTS)
            .retentionPolicy(RetentionPolicy.WorkQueue)
            .maxMessagesPerSubject(1)
            .build());
  }

  /** Returns how the stream of events stands, or nothing if its owner has not made it yet. */
  public Optional<StreamInfo> findMeows() throws IOException, JetStreamApiException {
    Optional<StreamInfo> found = find(MeowStream.NAME);
    found.ifPresent(info -> events.learn(epoch(info), info.getConfiguration().getDescription()));
    return found;
  }

  /**
   * Tells whether the stream of events holds a message after one sequence and up to another one.
   */
  public boolean holdsMeowsBetween(long after, long to) throws IOException, JetStreamApiException {
    return Lookup.find(
            () -> management().getNextMessage(MeowStream.NAME, after + 1, MeowStream.SUBJECTS),
            NotFound.MESSAGE)
        .filter(next -> next.getSeq() <= to)
        .isPresent();
  }

  /**
   * Returns the position of the newest event of the stream.
   *
   * <p>The epoch is the moment at which the stream was created, in milliseconds to base 36: a
   * stream that is created anew begins a new epoch.
   */
  public static Position lastPosition(StreamInfo info) {
    return new Position(epoch(info), info.getStreamState().getLastSequence());
  }

  /** Returns the epoch of the stream, see {@link #lastPosition}. */
  public static String epoch(StreamInfo info) {
    return Long.toString(info.getCreateTime().toInstant().toEpochMilli(), Character.MAX_RADIX);
  }

  private StreamInfo ensure(StreamConfiguration wanted) throws IOException, JetStreamApiException {
    Optional<StreamInfo> existing = find(wanted.getName());
    if (existing.isEmpty()) {
      return management().addStream(wanted);
    }
    StreamConfiguration current = existing.get().getConfiguration();
    if (current.getReplicas() == wanted.getReplicas()) {
      return existing.get();
    }
    return management()
        .updateStream(StreamConfiguration.builder(current).replicas(wanted.getReplicas()).build());
  }

  private StreamConfiguration.Builder meows() {
    return configuration(MeowStream.NAME, MeowStream.SUBJECTS)
        .duplicateWindow(MeowStream.DUPLICATE_WINDOW);
  }

  private StreamConfiguration.Builder configuration(String name, String subjects) {
    return StreamConfiguration.builder()
        .name(name)
        .subjects(subjects)
        .storageType(StorageType.File)
        .retentionPolicy(RetentionPolicy.Limits)
        .discardPolicy(DiscardPolicy.Old)
        .replicas(properties.replicas());
  }

  private Optional<StreamInfo> find(String name) throws IOException, JetStreamApiException {
    return Lookup.find(() -> management().getStreamInfo(name), NotFound.STREAM);
  }

  private JetStreamManagement management() throws IOException {
    return link.management(properties.requestTimeout());
  }
}
