package meower.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import meower.e2e.access.Access;
import meower.e2e.access.FrontDoor;
import meower.e2e.chaos.checker.Checker;
import meower.e2e.chaos.fault.Fault;
import meower.e2e.chaos.fault.FaultKind;
import meower.e2e.chaos.fault.Rig;
import meower.e2e.chaos.history.Outages;
import meower.e2e.chaos.load.Client;
import meower.e2e.chaos.load.Load;
import meower.e2e.chaos.load.LoadOptions;
import meower.e2e.chaos.load.Probe;
import meower.standalone.stack.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two of each service behind nginx, of which first one and then the other is replaced. */
class RollingRestartIntegrationTests {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** As many at once as a small machine starts beside its work. */
  private static final List<List<Part>> SERVICES =
      List.of(List.of(Part.COMMAND, Part.QUERY), List.of(Part.PUSHER, Part.PROGRAM));

  private final Checker checker = new Checker("rolling", ChaosIntegrationTests.SHARED.reach());
  private final Restarts restarts = new Restarts();

  /** They break nothing; only what was changed may take longer to be seen by everybody. */
  private static final class Restarts implements Outages {

    private record Restart(long began, long ended) {}

    private final List<Restart> all = new ArrayList<>();

    void add(long began, long ended) {
      all.add(new Restart(began, ended));
    }

    @Override
    public boolean isBroken(long from, long to) {
      return false;
    }

    @Override
    public boolean isUnsettled(long from, long to) {
      return all.stream()
          .anyMatch(restart ->
              to >= restart.began()
                  && from <= restart.ended() + ChaosIntegrationTests.SHARED.recovery().toNanos());
    }
  }

  @Test
  void restartingEveryInstanceUnderLoadFailsNoRequestAndEveryBrowserResumes(@TempDir Path folder)
      throws Exception {
    var ports = FrontDoor.free(2);
    try (var rig = new Rig(folder, ports, line -> System.out.println("rolling: " + line))) {
      rig.start();
      try (var client = new Client(rig.url(), new Access(ports, rig.data()).transport());
          var load = new Load(client, checker, new LoadOptions(20, 8, 1))) {
        var probe = new Probe(client, checker, load, List.of());
        load.start();
        assertThat(probe.await(PATIENCE)).isEmpty();
        restartAll(rig, probe);
        load.calmDown();
        assertThat(load.finishPosting(PATIENCE)).isTrue();
        assertThat(probe.awaitEverybody(PATIENCE)).isEmpty();
        var end = new FinalReads(client, checker, ChaosIntegrationTests.SHARED.recovery());
        checker.judge(end.timeline(), restarts);
        end.searchAll();
        end.readChanges();
      }
    }
    assertThat(checker.violations().all()).isEmpty();
    assertThat(checker.ledger().all()).hasSizeGreaterThan(100);
  }

  /** First one instance of each service, then the other one of each: nobody may need both. */
  private void restartAll(Rig rig, Probe probe) throws Exception {
    for (int instance = 0; instance < rig.ports().instances(); instance++) {
      for (var together : SERVICES) {
        restart(rig, together, instance);
        assertThat(probe.await(PATIENCE)).isEmpty();
      }
    }
  }

  private void restart(Rig rig, List<Part> together, int instance) throws Exception {
    long began = System.nanoTime();
    List<FutureTask<Long>> strikes = new ArrayList<>();
    for (var service : together) {
      var fault = new Fault(FaultKind.RESTART, rig.ports().all(service).get(instance));
      var strike = new FutureTask<>(() -> rig.strike(fault, 0));
      Thread.startVirtualThread(strike);
      strikes.add(strike);
    }
    for (var strike : strikes) {
      strike.get();
    }
    rig.awaitStarts();
    restarts.add(began, System.nanoTime());
  }
}
