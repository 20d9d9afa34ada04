package meower.e2e.chaos.remains;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Words that may stand nowhere any more. All begin with the same mark and are equally long, so that
 * any amount of bytes is gone through once for all of them.
 */
public final class Words {

  private static final int CHUNK = 1 << 16;

  private final byte[] mark;
  private final int length;
  private final Set<String> words;

  /**
   * @param mark what every word begins with
   * @throws IllegalArgumentException if a word does not, or is longer than others
   */
  public Words(String mark, Set<String> words) {
    this.mark = mark.getBytes(StandardCharsets.US_ASCII);
    this.words = Set.copyOf(words);
    this.length = words.stream().mapToInt(String::length).max().orElse(mark.length());
    if (!words.stream().allMatch(word -> word.startsWith(mark) && word.length() == length)) {
      throw new IllegalArgumentException("not of one form");
    }
  }

  public int size() {
    return words.size();
  }

  /** Returns those that are in the text. */
  Set<String> in(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return in(bytes, bytes.length);
  }

  /** Returns those that are among the bytes. */
  Set<String> in(byte[] bytes) {
    return in(bytes, bytes.length);
  }

  /** Returns those that are in what can be read until the end. */
  Set<String> in(InputStream from) throws IOException {
    var found = new TreeSet<String>();
    byte[] chunk = new byte[CHUNK];
    int kept = 0;
    for (int read = from.read(chunk); read >= 0; read = from.read(chunk, kept, CHUNK - kept)) {
      int filled = kept + read;
      found.addAll(in(chunk, filled));
      // A word may go on in the next chunk.
      kept = Math.min(filled, length - 1);
      System.arraycopy(chunk, filled - kept, chunk, 0, kept);
    }
    return found;
  }

  private Set<String> in(byte[] bytes, int size) {
    var found = new TreeSet<String>();
    for (int at = 0; at + length <= size; at++) {
      if (bytes[at] == mark[0]
          && Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length)) {
        String word = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
        if (words.contains(word)) {
          found.add(word);
        }
      }
    }
    return found;
  }
}
