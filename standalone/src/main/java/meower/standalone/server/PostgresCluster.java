package meower.standalone.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import meower.standalone.process.Folders;
import meower.standalone.process.LogFile;
import meower.standalone.process.OwnSession;
import meower.standalone.process.ServerFailedException;
import meower.standalone.process.Unprivileged;

/** Creates the files of a database that is not there yet, completely or not at all. */
record PostgresCluster(PostgresHome home, Path directory, LogFile log) {
  private static final int TIMEOUT_SECONDS = 120;

  /** How a row is shown by a Postgres without a client. */
  private static final Pattern NAME = Pattern.compile("datname = \"([^\"]+)\"");

  /**
   * Nobody can connect to a new one: its superuser has no password.
   *
   * @return whether it is new
   */
  boolean createIfAbsent() throws IOException, InterruptedException {
    if (Files.exists(directory.resolve("PG_VERSION"))) {
      removeForeignPid();
      return false;
    }
    Path incomplete = directory.resolveSibling(directory.getFileName() + ".new");
    Folders.delete(incomplete);
    Files.createDirectories(incomplete);
    run(
        incomplete,
        "",
        List.of(
            home.program("initdb").toString(),
            "--pgdata=" + incomplete,
            "--username=" + PostgresServer.USER,
            "--auth-local=reject",
            "--auth-host=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums"));
    run(
        incomplete,
        "CREATE DATABASE " + PostgresServer.DATABASE + ";\n",
        single(incomplete, "postgres"));
    Files.move(incomplete, directory);
    return true;
  }

  /**
   * Executes SQL while no server runs and nobody can connect.
   *
   * @param statements one in each line
   */
  void execute(String database, String statements) throws IOException, InterruptedException {
    run(directory, statements, single(directory, database));
  }

  /** Returns the names of all databases, asked while no server runs. */
  List<String> databases() throws IOException, InterruptedException {
    Path answer = Files.createTempFile(directory, "databases", ".txt");
    try {
      run(
          directory,
          "select datname from pg_database;\n",
          single(directory, "postgres"),
          ProcessBuilder.Redirect.to(answer.toFile()));
      return NAME.matcher(Files.readString(answer)).results().map(found -> found.group(1)).toList();
    } finally {
      Files.delete(answer);
    }
  }

  /** What fails is said without the statement, which may have a password. */
  private List<String> single(Path folder, String database) {
    return List.of(
        home.program("postgres").toString(),
        "--single",
        "-D",
        folder.toString(),
        "-c",
        "log_min_error_statement=panic",
        "-c",
        "exit_on_error=on",
        database);
  }

  /**
   * After a crash of the machine the id in postmaster.pid can belong to any other program, and
   * Postgres would refuse to start as long as that one runs.
   */
  private void removeForeignPid() throws IOException {
    Path file = directory.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    long pid = Files.readAllLines(file).stream().findFirst().map(Long::parseLong).orElse(0L);
    boolean postgres =
        ProcessHandle.of(pid)
            .flatMap(p -> p.info().command())
            .filter(c -> c.endsWith("postgres"))
            .isPresent();
    if (!postgres) {
      Files.delete(file);
    }
  }

  private void run(Path folder, String input, List<String> command)
      throws IOException, InterruptedException {
    run(folder, input, command, ProcessBuilder.Redirect.appendTo(log.path().toFile()));
  }

  private void run(Path folder, String input, List<String> command, ProcessBuilder.Redirect output)
      throws IOException, InterruptedException {
    var unprivileged = new ArrayList<>(OwnSession.prefix());
    unprivileged.addAll(Unprivileged.prefix(home.program("postgres"), folder));
    unprivileged.addAll(command);
    var process =
        new ProcessBuilder(unprivileged).redirectErrorStream(true).redirectOutput(output).start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    if (process.waitFor() != 0) {
      throw new ServerFailedException("Postgres cannot create its files", log.lastLines(15));
    }
  }
}
