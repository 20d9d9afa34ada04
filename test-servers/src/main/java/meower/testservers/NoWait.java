package meower.testservers;

import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** Readiness is asked by ourselves, after the first start and every later one alike. */
final class NoWait extends AbstractWaitStrategy {
  @Override
  protected void waitUntilReady() {}
}
