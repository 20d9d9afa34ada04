package meower.e2e.chaos.history;

import java.util.Arrays;

/** A list of numbers that takes eight bytes for each: a run shows millions of meows. */
public final class Longs {

  private long[] values = new long[16];
  private int size;

  public void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  public long get(int index) {
    return values[index];
  }

  public int size() {
    return size;
  }
}
