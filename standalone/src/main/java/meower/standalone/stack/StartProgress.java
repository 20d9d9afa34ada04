package meower.standalone.stack;

import java.time.Duration;

/** Is told how a start goes on. */
public interface StartProgress {
  /** An instance does its work. May be called by several threads. */
  void ready(Instance instance, Duration after);
}
