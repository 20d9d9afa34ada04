package meower.testservers;

/**
 * What can be done to a server, however it is run. Port and data stay the same through all of it.
 */
interface Controls {
  String host();

  /** Returns when the server does its work; does nothing when it is running. */
  void start();

  void stop();

  void kill();

  void pause();

  void resume();
}
