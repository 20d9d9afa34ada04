package meower.e2e.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import meower.e2e.NodePackages;
import meower.standalone.stack.ProjectLayout;

/**
 * Makes clients of docs/openapi.yaml with other people's generators, in a folder of their own. What
 * comes out is compiled as it is, together with a program that uses it.
 */
final class GeneratedClients {

  private static final long TIMEOUT_SECONDS = 120;
  private static final Path ROOT = ProjectLayout.find().root();
  private static final Path DESCRIPTION = ROOT.resolve("docs/openapi.yaml");
  private static final Path PROGRAMS = ROOT.resolve("e2e/clients");
  private static final Path BUILT = ROOT.resolve("e2e/target/clients");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

  private final Path folder;

  GeneratedClients(Path folder) {
    this.folder = folder;
  }

  /** Generates all of openapi-generator's at once: most of the time is its own start. */
  void generate() throws Exception {
    List<Path> plans =
        List.of(
            plan("native", "generatorName: java", "library: native"),
            plan("okhttp-gson", "generatorName: java", "library: okhttp-gson"),
            plan("typescript-fetch", "generatorName: typescript-fetch"));
    List<String> command =
        new ArrayList<>(
            List.of(
                JAVA.resolve("java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jars("generator").getFirst().toString(),
                "batch",
                "--threads",
                "1"));
    plans.forEach(plan -> command.add(plan.toString()));
    run(command);
  }

  private Path plan(String name, String... lines) throws IOException {
    List<String> plan = new ArrayList<>(List.of(lines));
    plan.add("inputSpec: '" + DESCRIPTION + "'");
    plan.add("outputDir: '" + folder.resolve(name) + "'");
    plan.add("globalProperties:");
    for (String left : List.of("apiTests", "modelTests", "apiDocs", "modelDocs")) {
      plan.add("  " + left + ": 'false'");
    }
    return Files.write(folder.resolve(name + ".yaml"), plan);
  }

  /** Compiles a program with its client, and runs it. */
  String runJava(String library, String program, String... arguments) throws Exception {
    Path classes = folder.resolve(library + "-classes");
    String libraries =
        String.join(File.pathSeparator, jars(library).stream().map(Path::toString).toList());
    run(
        List.of(
            JAVA.resolve("javac").toString(),
            "-nowarn",
            "-proc:none",
            "-d",
            classes.toString(),
            "-cp",
            libraries,
            "-sourcepath",
            folder.resolve(library).resolve("src/main/java").toString(),
            PROGRAMS.resolve(program + ".java").toString()));
    List<String> command =
        new ArrayList<>(
            List.of(
                JAVA.resolve("java").toString(),
                "-cp",
                classes + File.pathSeparator + libraries,
                program));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Compiles the programs in TypeScript, each with its client. */
  void compileTypeScript() throws Exception {
    Path modules = NodePackages.folder().resolve("node_modules");
    run(
        List.of(
            modules.resolve(".bin/openapi-typescript").toString(),
            DESCRIPTION.toString(),
            "-o",
            folder.resolve("meower.d.ts").toString()));
    List<String> command =
        new ArrayList<>(
            List.of(
                modules.resolve(".bin/tsc").toString(),
                "--strict",
                "--skipLibCheck",
                "--target",
                "es2022",
                "--module",
                "commonjs",
                "--moduleResolution",
                "bundler",
                "--types",
                "node",
                "--typeRoots",
                modules.resolve("@types").toString(),
                "--outDir",
                folder.resolve("javascript").toString()));
    for (String program : List.of("typescript-fetch.ts", "openapi-typescript.ts")) {
      command.add(Files.copy(PROGRAMS.resolve(program), folder.resolve(program)).toString());
    }
    run(command);
  }

  String runJavaScript(String program, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("node", folder.resolve("javascript").resolve(program + ".js").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static List<Path> jars(String of) throws IOException {
    try (var files = Files.list(BUILT.resolve(of))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private String run(List<String> command) throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean hasEnded = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      String said = Files.readString(output);
      assertThat(hasEnded && process.exitValue() == 0)
          .as("%s%n%s", String.join(" ", command), said)
          .isTrue();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }
}
