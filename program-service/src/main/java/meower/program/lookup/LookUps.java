package meower.program.lookup;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import meower.nats.NatsLink;
import meower.program.outbound.OutboundCalls;
import meower.program.presence.SeenWriter;
import meower.program.sighting.Backlogs;
import meower.program.source.PresenceSource;
import meower.program.source.Sources;
import meower.stream.Streams;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import meower.work.Backoff;
import org.springframework.stereotype.Component;

/** Makes the stream of sightings, and looks up those of each program apart from the others. */
@Component
final class LookUps implements BackgroundWork {

  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration STOP = Duration.ofSeconds(2);
  private static final int ROUNDS_UNTIL_STREAM = 4;

  private final Sources sources;
  private final Streams streams;
  private final SourceLookUps.Tools tools;
  private final Map<String, SourceLookUps> running = new HashMap<>();
  private final BackgroundLoop loop = new BackgroundLoop("look-ups", Backoff.DEFAULT, this::round);
  private int rounds;

  LookUps(
      Sources sources,
      Streams streams,
      NatsLink link,
      OutboundCalls calls,
      SeenWriter writer,
      Backlogs backlogs,
      ParkedSightings parked,
      LookUpMetrics metrics) {
    this.sources = sources;
    this.streams = streams;
    this.tools =
        new SourceLookUps.Tools(
            link, calls, writer, sources, backlogs, parked, metrics, Clock.systemUTC());
  }

  @Override
  public BackgroundLoop loop() {
    return loop;
  }

  @Override
  public void stop() {
    loop.stop(STOP_TIMEOUT);
    running.values().forEach(one -> one.stop(STOP));
    running.clear();
  }

  private void round() throws Exception {
    if (rounds % ROUNDS_UNTIL_STREAM == 0) {
      streams.ensureSightings();
    }
    rounds++;
    List<PresenceSource> all = sources.all();
    all.forEach(this::keepUp);
    endOthers(all.stream().map(PresenceSource::program).collect(Collectors.toSet()));
    Thread.sleep(INTERVAL);
  }

  private void endOthers(Set<String> programs) throws Exception {
    for (String gone : Set.copyOf(running.keySet())) {
      SourceLookUps lookUps = running.get(gone);
      if (lookUps != null && !programs.contains(gone)) {
        running.remove(gone);
        lookUps.stop(STOP);
        lookUps.forget();
      }
    }
  }

  private void keepUp(PresenceSource source) {
    SourceLookUps known = running.get(source.program());
    if (known == null) {
      known = new SourceLookUps(source, tools);
      running.put(source.program(), known);
      known.start();
    } else {
      known.redefine(source);
    }
  }
}
