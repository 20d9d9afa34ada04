package meower.e2e.chaos.remains;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The bytes of files, as they lie there.
 *
 * @param wanted which of the files below the folder
 */
record FilesPlace(String name, Path folder, Predicate<Path> wanted) implements Place {

  @Override
  public Set<String> search(Words words) throws IOException {
    var found = new TreeSet<String>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && wanted.test(file)) {
              found.addAll(read(file, words));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            return isGone(e) ? FileVisitResult.CONTINUE : super.visitFileFailed(file, e);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            return isGone(e) ? FileVisitResult.CONTINUE : super.postVisitDirectory(folder, e);
          }
        });
    return found;
  }

  private static Set<String> read(Path file, Words words) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return words.in(in);
    } catch (NoSuchFileException _) {
      return Set.of(); // its server has removed it, which is what is wanted
    }
  }

  private static boolean isGone(IOException e) {
    return e instanceof NoSuchFileException;
  }
}
