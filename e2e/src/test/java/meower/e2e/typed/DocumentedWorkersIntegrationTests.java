package meower.e2e.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.e2e.RunningMeower;
import meower.e2e.operators.OperatorCommand;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workers in docs/programs.md work. */
class DocumentedWorkersIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String QUEUE = "/queues/jobs";

  private final RunningMeower meower = RunningMeower.get();

  @AfterEach
  void remove() throws Exception {
    OperatorCommand.run(meower.access(), "", "program", "remove", "w");
  }

  @ParameterizedTest
  @CsvSource({"python, worker.py, python3 worker.py", "java, Worker.java, java Worker.java"})
  void worksOffWhatIsPublished(String language, String file, String command) throws Exception {
    String code = code(language);
    try (Workplace workplace = Workplace.of(meower.data(), meower.stack().ports());
        Terminal shell = workplace.terminal()) {
      workplace.write(file, code);
      String secret = shell.run("./meower program add w 2> /dev/null").strip();
      shell.run(workplace.here("Q=localhost:8080" + QUEUE + " S=" + secret));
      shell.run("curl -s -u w:$S -X PUT $Q -H 'Content-Type: application/json' -d '{}'");
      Terminal worker =
          workplace.running(
              "PATH=%s:$PATH S=%s %s"
                  .formatted(Path.of(System.getProperty("java.home"), "bin"), secret, command));

      shell.run("curl -s -u w:$S $Q/publish -d hello");
      worker.await("working on \"?hello");
      shell.run("curl -s -u w:$S $Q/publish -d again");
      worker.await("working on \"?again");

      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(shell.run("curl -s -u w:$S $Q"))
                  .contains("\"ready\":0")
                  .contains("\"leased\":0"));
      shell.run("curl -s -u w:$S -X DELETE $Q");
    }
  }

  private static String code(String language) throws Exception {
    String page = Files.readString(ProjectLayout.find().root().resolve("docs/programs.md"));
    Matcher block =
        Pattern.compile("```%s\n(((?!```).)*?/fetch.*?)```".formatted(language), Pattern.DOTALL)
            .matcher(page);
    assertThat(block.find()).as(language).isTrue();
    return block.group(1);
  }
}
