package meower.e2e.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import meower.e2e.RunningMeower;
import meower.e2e.hostile.wire.Door;
import meower.standalone.stack.Instance;
import meower.standalone.stack.Part;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one part takes of the machine.
 *
 * @param resident memory in MiB, all of its processes together
 * @param heap what a service still needs after a garbage collection, in MiB
 * @param threads of the operating system
 * @param descriptors files and connections that are open
 */
public record Vitals(Part part, long resident, long heap, long threads, long descriptors) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long MEBI = 1024 * 1024;

  public static Vitals of(RunningMeower meower, Part part) {
    List<ProcessHandle> processes = processes(meower, part);
    boolean service = Door.SERVICES.stream().anyMatch(d -> d.part() == part);
    if (service) {
      processes.forEach(Vitals::collectGarbage);
    }
    long heap = service ? (long) metric(meower, part, "jvm.memory.used?tag=area:heap") / MEBI : 0;
    return new Vitals(
        part,
        sum(processes, "VmRSS:") / 1024,
        heap,
        sum(processes, "Threads:"),
        processes.stream().mapToLong(Vitals::descriptors).sum());
  }

  /** One of a service's own numbers. */
  public static double metric(RunningMeower meower, Part service, String name) {
    String url =
        "http://127.0.0.1:"
            + meower.stack().ports().managementOf(Instance.first(service))
            + "/actuator/metrics/";
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + name)).timeout(Duration.ofSeconds(10)).build();
      String json = HTTP.send(request, BodyHandlers.ofString()).body();
      return JsonMapper.shared().readTree(json).at("/measurements/0/value").doubleValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<ProcessHandle> processes(RunningMeower meower, Part part) {
    ProcessHandle main = ProcessHandle.of(meower.stack().pid(part).orElseThrow()).orElseThrow();
    return Stream.concat(Stream.of(main), main.descendants()).toList();
  }

  private static void collectGarbage(ProcessHandle service) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(service.pid()), "GC.run")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectErrorStream(true)
              .start();
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("no garbage collection of " + service.info());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static long sum(List<ProcessHandle> processes, String field) {
    return processes.stream().mapToLong(process -> status(process, field)).sum();
  }

  private static long status(ProcessHandle process, String field) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long descriptors(ProcessHandle process) {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
