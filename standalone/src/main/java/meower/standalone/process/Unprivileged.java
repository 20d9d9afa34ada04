package meower.standalone.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs a server that refuses to be root, also when we are root.
 *
 * <p>A user namespace is tried first: it needs no change of owners and works below folders only
 * root may enter. Where containers forbid namespaces, the server's folder is given to another user.
 */
public final class Unprivileged {
  private static final List<String> USER_NAMESPACE =
      List.of("unshare", "--user", "--map-user=1000", "--map-group=1000");
  private static final int NOBODY = 65534;

  private Unprivileged() {}

  /**
   * What to put before the command so that it can write the folder.
   *
   * @param reachable a program it must be able to run, or another folder it must be able to enter
   */
  public static List<String> prefix(Path reachable, Path folder)
      throws IOException, InterruptedException {
    if (!isRoot()) {
      return List.of();
    }
    if (works(USER_NAMESPACE, reachable, folder)) {
      return USER_NAMESPACE;
    }
    for (int user : otherUsers(reachable)) {
      chown(folder, user);
      admit(Objects.requireNonNull(folder.getParent()), user);
      var prefix = List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
      if (works(prefix, reachable, folder)) {
        return prefix;
      }
    }
    throw new ServerFailedException(
        "it does not run as root, and no other user can both reach %s and write %s"
            .formatted(reachable, folder),
        List.of());
  }

  static boolean isRoot() throws IOException {
    return uid("/proc/self").filter(uid -> uid == 0).isPresent();
  }

  /** The owner of the clone can certainly enter its folders. */
  private static List<Integer> otherUsers(Path reachable) throws IOException {
    var users = new ArrayList<Integer>();
    if (Files.getAttribute(reachable, "unix:uid") instanceof Integer owner && owner != 0) {
      users.add(owner);
    }
    users.add(NOBODY);
    return users;
  }

  private static Optional<Integer> uid(String process) throws IOException {
    Path file = Path.of(process);
    return Files.exists(file) && Files.getAttribute(file, "unix:uid") instanceof Integer uid
        ? Optional.of(uid)
        : Optional.empty();
  }

  private static boolean works(List<String> prefix, Path reachable, Path folder)
      throws InterruptedException {
    var command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            "sh",
            "-c",
            "test -x \"$0\" && test -w \"$1\"",
            reachable.toString(),
            folder.toString()));
    try {
      var probe =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  /** Lets a user pass through a folder, in which they cannot look around. */
  private static void admit(Path folder, int user) throws IOException {
    Files.setAttribute(folder, "unix:gid", user);
    var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
    permissions.add(PosixFilePermission.GROUP_EXECUTE);
    Files.setPosixFilePermissions(folder, permissions);
  }

  private static void chown(Path folder, int user) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            return give(dir);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            return give(file);
          }

          private FileVisitResult give(Path path) throws IOException {
            Files.setAttribute(path, "unix:uid", user, java.nio.file.LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", user, java.nio.file.LinkOption.NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
