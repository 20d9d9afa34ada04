package meower.operations.audit;

/**
 * The sequences in ({@code after}, {@code to}].
 *
 * @param after 0 or more
 * @param to not less than {@code after}
 */
record Range(long after, long to) {

  boolean contains(long sequence) {
    return sequence > after && sequence <= to;
  }
}
