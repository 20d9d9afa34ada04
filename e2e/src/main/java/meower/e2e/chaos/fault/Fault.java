package meower.e2e.chaos.fault;

import meower.standalone.stack.Instance;

/** One thing that can go wrong with one process. */
public record Fault(FaultKind kind, Instance target) {

  @Override
  public String toString() {
    return target.label() + " " + kind;
  }
}
