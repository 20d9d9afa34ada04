package meower.bench.lab;

/** One of those that are compared; it is measured several times, in turn with the others. */
public interface Contender {

  /** Says what is measured, in a few words. */
  String name();

  /** Does the work once. What it prepares it also takes away. */
  Sample measure() throws Exception;
}
