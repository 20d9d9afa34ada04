package meower.e2e.chaos.history;

import java.util.Arrays;

/** A list of numbers that takes four bytes for each: a run shows millions of meows. */
public final class Numbers {

  private int[] values = new int[16];
  private int size;

  public void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  public int get(int index) {
    return values[index];
  }

  public int size() {
    return size;
  }
}
