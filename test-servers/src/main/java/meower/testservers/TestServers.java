package meower.testservers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import meower.standalone.process.Ports;
import org.jspecify.annotations.Nullable;

/**
 * Real servers for integration tests: started on first use, shared by all tests of the JVM, stopped
 * at its end.
 *
 * <pre>{@code
 * @DynamicPropertySource
 * static void servers(DynamicPropertyRegistry registry) {
 *   registry.add("spring.datasource.url", TestServers.postgres()::jdbcUrl);
 *   registry.add("meower.nats.url", TestServers.nats()::url);
 *   registry.add("meower.elasticsearch.url", TestServers.elasticsearch()::url);
 * }
 *
 * @Test
 * void acceptsPostsWhileNatsIsDown() {
 *   TestServers.nats().stop();     // also kill(), pause() and resume()
 *   ...
 *   TestServers.nats().start();    // same port, same data
 * }
 * }</pre>
 *
 * <p>What a test leaves behind (streams, indices, rows) is there for the next one: use names of
 * your own, {@link TestPostgres#createDatabase()}, or delete it. A test that must not share gets a
 * server of its own from {@link #newPostgres()}, {@link #newNats()} or {@link #newElasticsearch()}.
 *
 * <p>Every call returns a server that runs: one that an earlier test left stopped or paused is
 * started again.
 *
 * <p>Containers are used when a Docker engine answers and has the images or can pull them,
 * processes of this machine otherwise; {@code -Dmeower.test.servers=auto|embedded|containers}
 * decides, {@code -Dmeower.test.image.<postgres|nats|elasticsearch>} replaces an image.
 */
public final class TestServers {
  private static final List<TestServer> STARTED = new ArrayList<>();
  private static @Nullable Backend backend;
  private static @Nullable TestPostgres postgres;
  private static @Nullable TestNats nats;
  private static @Nullable TestElasticsearch elasticsearch;

  private TestServers() {}

  public static synchronized TestPostgres postgres() {
    if (postgres == null) {
      postgres = newPostgres();
    }
    return running(postgres);
  }

  public static synchronized TestNats nats() {
    if (nats == null) {
      nats = newNats();
    }
    return running(nats);
  }

  public static synchronized TestElasticsearch elasticsearch() {
    if (elasticsearch == null) {
      elasticsearch = newElasticsearch();
    }
    return running(elasticsearch);
  }

  public static TestPostgres newPostgres() {
    return start(port -> new TestPostgres(backend().postgres(port), port));
  }

  public static TestNats newNats() {
    return start(port -> new TestNats(backend().nats(port), port));
  }

  public static TestElasticsearch newElasticsearch() {
    return start(port -> new TestElasticsearch(backend().elasticsearch(port), port));
  }

  private static synchronized <S extends TestServer> S start(Function<Integer, S> create) {
    S server = create.apply(Ports.free());
    STARTED.add(server);
    return running(server);
  }

  private static <S extends TestServer> S running(S server) {
    server.resume();
    server.start();
    return server;
  }

  private static Backend backend() {
    if (backend == null) {
      backend = Backend.choose();
      Runtime.getRuntime().addShutdownHook(new Thread(TestServers::stopAll, "stop-test-servers"));
    }
    return backend;
  }

  private static void stopAll() {
    var kills =
        STARTED.stream()
            .map(server -> CompletableFuture.runAsync(server::kill, Thread::startVirtualThread));
    CompletableFuture.allOf(kills.toArray(CompletableFuture<?>[]::new)).join();
    if (backend != null) {
      backend.close();
    }
  }
}
