package meower.e2e.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import meower.e2e.RunningMeower;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other people's tools make of the description works as it comes. */
class GeneratedClientsIntegrationTests {

  private static final String[] ALL = {"posted", "listed", "found", "refused"};

  private final String url = RunningMeower.get().url();

  @Test
  void postsListsAndSearches(@TempDir Path folder) throws Exception {
    GeneratedClients clients = new GeneratedClients(folder);
    clients.generate();

    assertThat(clients.runJava("native", "JavaNative", url, "clientnative")).contains(ALL);
    assertThat(clients.runJava("okhttp-gson", "JavaOkhttp", url, "clientokhttp")).contains(ALL);

    clients.compileTypeScript();
    assertThat(clients.runJavaScript("typescript-fetch", url, "clientfetch")).contains(ALL);
    assertThat(clients.runJavaScript("openapi-typescript", url, "clienttypes")).contains(ALL);
  }
}
