package meower.e2e;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Stops the stack when the last test has ended, while nobody is in a hurry to end the JVM. */
public final class StopAfterTests implements LauncherSessionListener {

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    RunningMeower.stopIfStarted();
  }
}
