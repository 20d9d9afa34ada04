package meower.standalone.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static meower.standalone.stack.LoneProxy.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import meower.signing.KeyFile;
import meower.signing.Signatures;
import meower.signing.Voucher;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Ports;
import meower.standalone.proxy.CallbackDoor;
import meower.standalone.proxy.Doors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A port at which a program reports what it sees, without a secret. */
class CallbackDoorIntegrationTests {
  private static final String REPORT = "POST /callback";

  @TempDir private Path folder;

  private final int port = Ports.free();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void showsTheSecretForTheProgram(boolean tls) throws IOException {
    try (LoneProxy proxy = proxy(tls ? PortPlan.freeWithTls() : PortPlan.free())) {
      String answer = ask(REPORT);

      assertThat(status(answer)).as(answer).isEqualTo(200);
      assertThat(answer).contains("/callback\n", "meower-pass: [for " + authorization() + "]");
      assertThat(ask(REPORT, "Authorization: Bearer other")).contains("[for " + authorization());
      assertThat(proxy.ports.tls()).isEqualTo(tls);
    }
  }

  @Test
  void opensNothingElseAndNothingToPages() throws IOException {
    try (LoneProxy proxy = proxy(PortPlan.free())) {
      assertThat(status(ask("GET /presence/tester"))).isEqualTo(404);
      assertThat(status(ask("PUT /presence"))).isEqualTo(404);
      assertThat(status(ask("POST /callback/x"))).isEqualTo(404);
      assertThat(status(ask("GET /"))).isEqualTo(404);
      assertThat(status(ask("GET /callback"))).isEqualTo(405);
      assertThat(status(ask(REPORT, "Origin: https://elsewhere.example"))).isEqualTo(403);
      assertThat(status(ask(REPORT, "Sec-Fetch-Site: cross-site"))).isEqualTo(403);
      assertThat(status(ask(REPORT, "Host: elsewhere.example"))).isEqualTo(421);
      assertThat(proxy.asked()).isZero();
    }
  }

  private LoneProxy proxy(PortPlan ports) throws IOException {
    return new LoneProxy(
        folder, ports, all -> all.with(Doors.OPEN.withCallback(new CallbackDoor(port, "tester"))));
  }

  private String ask(String line, String... headers) throws IOException {
    return LoneProxy.ask("127.0.0.1", port, "", line, headers);
  }

  private String authorization() throws IOException {
    List<byte[]> keys =
        KeyFile.read(ServiceSettings.passKeys(new DataFolder(folder.resolve("data"))));
    String secret = Voucher.of("tester", new Signatures(keys));
    return "Basic " + Base64.getEncoder().encodeToString(("tester:" + secret).getBytes(UTF_8));
  }
}
