package meower.e2e.chaos.checker;

import meower.e2e.chaos.history.Outages;

/** Something is broken all the time. */
record Always() implements Outages {

  @Override
  public boolean isBroken(long from, long to) {
    return true;
  }

  @Override
  public boolean isUnsettled(long from, long to) {
    return true;
  }
}
