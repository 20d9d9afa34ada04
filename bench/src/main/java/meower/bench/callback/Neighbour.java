package meower.bench.callback;

/** The receiver of another queue of the same program, which has 10,000 messages waiting. */
enum Neighbour {
  REFUSES("beside a receiver that refuses connections"),
  SILENT("beside a receiver that never answers"),
  NONE("alone");

  private final String label;

  Neighbour(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
