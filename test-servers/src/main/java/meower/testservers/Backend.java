package meower.testservers;

import java.util.Locale;

/** A way to run the servers; {@link #choose()} is the one switch between them. */
sealed interface Backend permits EmbeddedBackend, ContainerBackend {
  Controls postgres(int port);

  Controls nats(int port);

  Controls elasticsearch(int port);

  /** Ends what is left and deletes the data. */
  void close();

  /** Containers where a Docker engine can run them, embedded servers otherwise or as told. */
  static Backend choose() {
    String choice = System.getProperty("meower.test.servers", "auto").toLowerCase(Locale.ROOT);
    return switch (choice) {
      case "embedded" -> new EmbeddedBackend();
      case "containers" -> new ContainerBackend();
      case "auto" -> Docker.canRun(Images.all()) ? new ContainerBackend() : new EmbeddedBackend();
      default ->
          throw new IllegalArgumentException(
              "-Dmeower.test.servers=" + choice + ": use auto, embedded or containers");
    };
  }
}
