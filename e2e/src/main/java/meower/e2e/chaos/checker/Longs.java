package meower.e2e.chaos.checker;

import java.util.Arrays;

/** A list of numbers that takes eight bytes for each: a run shows millions of meows. */
final class Longs {

  private long[] values = new long[16];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  long get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }
}
