package meower.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import meower.standalone.launcher.Console;
import meower.standalone.launcher.LauncherOptions;
import meower.standalone.process.ServerFailedException;
import meower.standalone.stack.ProjectLayout;
import meower.standalone.stack.RunningStack;

/**
 * {@code ./meower presence demo}: reports objects to the running stack every five seconds, answers
 * as their status API, and prints who is here.
 */
public final class PresenceDemo {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration SHORTEST = Duration.ofMillis(300);
  private static final Duration LONGEST = Duration.ofMillis(4300);
  private static final int STATUS_PORT = 9010;
  private static final int TOO_MANY = 429;
  private static final Pattern ID = Pattern.compile("\"id\":\"(\\d+)\"");

  private final Console console;
  private final Tester tester;
  private final RunningStack stack;
  private final HttpClient client;

  private PresenceDemo(Console console, Tester tester, RunningStack stack) {
    this.console = console;
    this.tester = tester;
    this.stack = stack;
    this.client = stack.client().connectTimeout(INTERVAL).build();
  }

  /** Whose objects they are, and the stack of which data folder it is. */
  private record Tester(String program, String password, Path data) {
    static Tester parse(List<String> arguments, Path defaultData) {
      var rest = new ArrayList<>(arguments);
      var program = take(rest, "--program", "tester");
      var password = take(rest, "--password", "pwd");
      return new Tester(program, password, LauncherOptions.parse(rest, defaultData).data());
    }

    private static String take(List<String> arguments, String option, String otherwise) {
      int at = arguments.indexOf(option);
      if (at < 0) {
        return otherwise;
      }
      if (at + 1 == arguments.size()) {
        throw new IllegalArgumentException(option + " needs a value");
      }
      arguments.remove(at);
      return arguments.remove(at);
    }

    String authorization() {
      return "Basic "
          + Base64.getEncoder().encodeToString((program + ":" + password).getBytes(UTF_8));
    }
  }

  public static void main(String[] arguments) throws Exception {
    var console = Console.ofThisProcess();
    try {
      var tester = Tester.parse(List.of(arguments), ProjectLayout.find().root().resolve("data"));
      new PresenceDemo(console, tester, RunningStack.find(tester.data())).run();
    } catch (IllegalArgumentException e) {
      console.warn("meower: " + e.getMessage());
      System.exit(2);
    } catch (ServerFailedException e) {
      console.warn("meower: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws InterruptedException {
    try (var status = statusApi();
        var reporter =
            new SightingReporter(
                stack.client(),
                stack.proxy().resolve("/callback"),
                "Authorization",
                tester.authorization(),
                ThreadLocalRandom.current())) {
      console.say("Even numbers are online, say so at " + status.url() + "; Ctrl+C ends it");
      while (true) {
        SightingReporter.Report report = reporter.report();
        requireTaken(report, status.url());
        console.say(
            "reported %3d times %2d objects: %s; here are %s"
                .formatted(report.sightings(), report.objects(), answer(report), here()));
        Thread.sleep(INTERVAL);
      }
    }
  }

  private static StatusApi statusApi() {
    try {
      return new StatusApi(STATUS_PORT, SHORTEST, LONGEST);
    } catch (IOException e) {
      throw new ServerFailedException(
          "port " + STATUS_PORT + " is taken. Stop what listens there, perhaps another demo", e);
    }
  }

  /** What is refused for another reason than its rate does not get better by itself. */
  private void requireTaken(SightingReporter.Report report, String url) {
    if (report.status() >= 400 && report.status() < 500 && report.status() != TOO_MANY) {
      throw new ServerFailedException(
          "what the program %s reports is refused. If it is not there: ./meower program add %s --password %s --weak --status-url '%s'. If it is there with another secret: ./meower presence demo --program NAME --password PASSWORD"
              .formatted(tester.program(), tester.program(), tester.password(), url),
          List.of(report.body().strip()));
    }
  }

  private static String answer(SightingReporter.Report report) {
    return report.status() > 0 ? "" + report.status() : "no answer, " + report.body();
  }

  private String here() throws InterruptedException {
    var request =
        HttpRequest.newBuilder(stack.proxy().resolve("/presence/" + tester.program()))
            .timeout(INTERVAL)
            .header("Authorization", tester.authorization())
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      List<String> ids =
          ID.matcher(answer.body()).results().map(PresenceDemo::id).sorted().toList();
      return answer.statusCode() == 200
          ? ids.size() + ": " + ids.stream().collect(Collectors.joining(" "))
          : "unknown: " + answer.statusCode();
    } catch (IOException e) {
      return "unknown: " + e.getMessage();
    }
  }

  private static String id(MatchResult found) {
    return "%2s".formatted(found.group(1));
  }
}
