package meower.stream;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.Replica;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.nats.NatsUnavailableException;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a NATS server that is cut off from the others of its cluster.
 *
 * <p>Such a server keeps its clients, and goes on answering from what it has: nothing fails, and
 * nothing new comes for as long as the partition lasts. Where there are several servers, this looks
 * whether the stream has a leader that hears from another replica.
 */
final class QuorumWatch implements BackgroundWork {

  private static final Logger log = LoggerFactory.getLogger(QuorumWatch.class);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);

  /** Replicas hear from each other every second or so. */
  private static final Duration SILENT_AFTER = Duration.ofSeconds(4);

  private final NatsLink link;
  private final Streams streams;
  private final boolean severalServers;
  private final QuorumLoss loss = new QuorumLoss();
  private final BackgroundLoop loop =
      new BackgroundLoop("quorum-watch", Backoff.DEFAULT, this::look);

  QuorumWatch(NatsLink link, Streams streams, NatsProperties properties) {
    this.link = link;
    this.streams = streams;
    this.severalServers = properties.url().contains(",");
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  @Override
  public void start() {
    if (severalServers) {
      loop.start();
    }
  }

  private void look() throws Exception {
    Thread.sleep(POLL_INTERVAL);
    if (!link.isConnected()) {
      return;
    }
    @Nullable String reason = reasonToLeave();
    if (reason == null) {
      loss.good();
    } else if (loss.bad(System.nanoTime())) {
      log.warn(
          "nats={} state=left reason=\"{}\"",
          link.connection().getServerInfo().getServerName(),
          reason);
      link.connection().forceReconnect();
    }
  }

  private @Nullable String reasonToLeave() throws NatsUnavailableException {
    try {
      Optional<StreamInfo> stream = streams.findMeows();
      return stream.map(StreamInfo::getClusterInfo).map(QuorumWatch::reasonToLeave).orElse(null);
    } catch (NatsUnavailableException e) {
      throw e; // there is nothing to leave
    } catch (IOException | JetStreamApiException e) {
      return "the stream does not answer: " + e.getMessage();
    }
  }

  static @Nullable String reasonToLeave(ClusterInfo cluster) {
    String leader = cluster.getLeader();
    if (leader == null || leader.isEmpty()) {
      return "the stream has no leader";
    }
    @Nullable List<Replica> replicas = cluster.getReplicas();
    if (replicas == null || replicas.isEmpty()) {
      return null;
    }
    boolean heard =
        replicas.stream()
            .anyMatch(r -> !r.isOffline() && r.getActive().compareTo(SILENT_AFTER) < 0);
    return heard ? null : "the leader hears from no other replica";
  }
}
