package meower.standalone;

import java.time.Duration;

/** Is told how a start goes on. */
public interface StartProgress {
  /** A part does its work. May be called by several threads. */
  void ready(Part part, Duration after);
}
