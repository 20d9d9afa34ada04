package meower.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the containers' nginx is told, which no test here starts. */
class NginxImageTests {
  private final ProjectLayout project = ProjectLayout.find();

  @Test
  void givesAValueToEveryVariableOfTheTemplate() throws IOException {
    List<String> variables =
        found("\\$\\{(MEOWER_[A-Z_]+)}", Files.readString(project.nginxTemplate()));
    assertThat(found("(MEOWER_[A-Z_]+)=", dockerfile())).containsAll(variables);
  }

  @Test
  void leavesNoServerOut() throws IOException {
    List<String> servers = found("(server [^;]+;)", dockerfile());
    assertThat(servers).hasSize(4).allMatch(server -> server.contains(" max_fails=0"));
  }

  private String dockerfile() throws IOException {
    return Files.readString(project.root().resolve(Path.of("nginx", "Dockerfile")));
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .distinct()
        .toList();
  }
}
