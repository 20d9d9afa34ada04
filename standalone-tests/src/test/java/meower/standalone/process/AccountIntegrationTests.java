package meower.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As whom {@code ./meower up} runs everything when root has typed it. */
class AccountIntegrationTests {

  private static final Path PROGRAM = ProjectLayout.find().root().resolve("standalone/as-account");
  private static final String STATUS = "cat /proc/self/status";

  /** Closed to others, as JUnit makes it. */
  @TempDir private Path home;

  private record Ended(int status, String output) {

    /** The value of a line of {@code /proc/PID/status}. */
    String field(String name) {
      Matcher line = Pattern.compile("(?m)^" + name + ":(.*)$").matcher(output);
      assertThat(line.find()).as(output).isTrue();
      return line.group(1).strip().replace('\t', ' ');
    }
  }

  @BeforeEach
  void onlyRoot() throws IOException {
    assumeThat(Unprivileged.isRoot()).as("only root gives up to be root").isTrue();
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(Files.createDirectories(home.resolve("app")).resolve("jar"), "program");
    Files.writeString(home.resolve("secret"), "secret");
  }

  @Test
  void isAnotherUserWhoMayNothingElse() throws Exception {
    Ended ended = run(home.resolve("data"), 8080, STATUS);

    assertThat(ended.field("Uid").split(" ")).hasSize(4).doesNotContain("0").containsOnly(uid());
    assertThat(ended.field("Gid").split(" ")).hasSize(4).doesNotContain("0");
    assertThat(ended.field("Groups")).isEmpty();
    assertThat(ended.field("NoNewPrivs")).isEqualTo("1");
    for (String privileges : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
      assertThat(ended.field(privileges)).isEqualTo("0000000000000000");
    }
  }

  /** CAP_NET_BIND_SERVICE has number 10. */
  @ParameterizedTest
  @CsvSource({"80, 400", "443, 400", "1024, 0", "8080, 0"})
  void keepsThePrivilegeOfALowPortAlone(int port, String privileges) throws Exception {
    assertThat(run(home.resolve("data"), port, STATUS).field("CapEff")).endsWith(privileges);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "app/data", "app/deeper/data"})
  void reachesWhatIsNamedBelowAFolderOfRootAndNothingElseThere(String data) throws Exception {
    Ended ended =
        run(
            home.resolve(data),
            8080,
            "cat %1$s/app/jar; echo written > $HOME/new; cat %1$s/secret; ls %1$s; ls /root"
                .formatted(home));

    assertThat(ended.output())
        .contains("program")
        .doesNotContain("secret\n")
        .contains("cannot open directory '" + home + "'")
        .contains("cannot open directory '/root'");
    Path written = home.resolve(data).resolve("new");
    assertThat(written).hasContent("written");
    assertThat(Files.getOwner(written).getName()).isEqualTo("meower");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
        .isEqualTo("rwx------");
  }

  @Test
  void reachesWhatIsInAClosedFolderItself() throws Exception {
    close(home.resolve("app"));

    Ended ended = run(home.resolve("data"), 8080, "cat " + home.resolve("app/jar"));

    assertThat(ended).isEqualTo(new Ended(0, "program"));
  }

  @Test
  void takesOverAFolderThatRootHasFilled() throws Exception {
    Path data = home.resolve("data");
    Path lock = Files.createDirectories(data.resolve("run")).resolve("lock");
    Files.writeString(lock, "");
    Files.createSymbolicLink(data.resolve("elsewhere"), home.resolve("secret"));

    Ended ended = run(data, 8080, "echo more > $HOME/run/lock");

    assertThat(ended).isEqualTo(new Ended(0, ""));
    assertThat(lock).hasContent("more");
    assertThat(Files.getOwner(home.resolve("secret")).getName()).isEqualTo("root");
  }

  @Test
  void givesNothingAwayThatIsNotOurs() throws Exception {
    Ended ended = run(home.resolve("app"), 8080, "echo executed");

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.output()).contains("not Meower's").doesNotContain("executed");
    assertThat(Files.getOwner(home.resolve("app/jar")).getName()).isEqualTo("root");
  }

  @Test
  void executesNothingWhenWhatIsNeededCannotBeRead() throws Exception {
    close(home.resolve("app/jar"));

    Ended ended = run(home.resolve("data"), 8080, "echo executed", home.resolve("app/jar"));

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.output()).contains("cannot read " + home.resolve("app/jar"));
  }

  private static void close(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
  }

  private Ended run(Path data, int port, String script) throws Exception {
    return run(data, port, script, home.resolve("app"));
  }

  private static Ended run(Path data, int port, String script, Path needed) throws Exception {
    var command = new ArrayList<>(List.of(PROGRAM.toString(), "--account", "meower"));
    command.addAll(List.of("--data", data.toString(), "--port", "" + port));
    command.addAll(List.of("--needs", needed.toString(), "--", "sh", "-c", script));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(
        process.waitFor(), output.replaceFirst("Making the system user .* runs\n", ""));
  }

  private static String uid() throws Exception {
    Process id = new ProcessBuilder("id", "-u", "meower").start();
    return new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
