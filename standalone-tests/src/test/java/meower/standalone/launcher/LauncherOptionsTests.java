package meower.standalone.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import meower.standalone.certificate.SelfSigned;
import meower.standalone.proxy.CallbackDoor;
import meower.standalone.proxy.Doors;
import meower.standalone.proxy.HostName;
import meower.standalone.proxy.Network;
import meower.standalone.proxy.SecurityContact;
import meower.standalone.proxy.WebOrigin;
import meower.standalone.stack.Part;
import meower.standalone.stack.PortPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherOptionsTests {
  private static final Path DATA = Path.of("/clone/data");

  @Test
  void keepsTheDataAndUsesPort8080WhenNothingIsSaid() {
    assertThat(parse())
        .isEqualTo(new LauncherOptions(new PortPlan(8080), false, false, Doors.OPEN, DATA));
  }

  @Test
  void takesPortAndDataAndClean() {
    assertThat(parse("--clean", "--port", "9000", "--data", "/elsewhere/../other"))
        .isEqualTo(
            new LauncherOptions(new PortPlan(9000), true, false, Doors.OPEN, Path.of("/other")));
    assertThat(parse("--instances", "2").ports().all(Part.QUERY)).hasSize(2);
  }

  @Test
  void takesTlsAndPrivate() {
    assertThat(parse("--tls").ports()).isEqualTo(new PortPlan(8080).withTls());
    assertThat(parse("--tls").ports().url()).isEqualTo("https://localhost:8443");
    assertThat(parse("--tls", "--port", "9000").ports().url()).isEqualTo("https://localhost:9363");
    assertThat(parse("--port", "9000").ports().url()).isEqualTo("http://localhost:9000");
    assertThat(parse("--private").members()).isTrue();
    assertThat(parse("--tls").members()).isFalse();
  }

  @Test
  void takesACertificateOfTheOperators(@TempDir Path folder) throws Exception {
    var own = SelfSigned.make(folder, "EC", 30, "meower.example");
    var files = List.of(own.certificate().toString(), own.key().toString());

    var options = parse("--tls", files.get(0), files.get(1), "--private");

    assertThat(options.ports()).isEqualTo(new PortPlan(8080).withTls());
    assertThat(options.doors()).isEqualTo(Doors.OPEN.withCertificate(own));
    assertThat(options.members()).isTrue();
    assertWrong("--tls takes nothing, or two files: --tls CERTIFICATE KEY", "--tls", files.get(0));
    assertWrong(
        "--tls takes nothing, or two files: --tls CERTIFICATE KEY",
        "--tls",
        files.get(0),
        "--private");
    assertWrong(
        files.get(1)
            + " has no certificate in PEM: name two files, the certificate and then the key",
        "--tls",
        files.get(1),
        files.get(0));
    assertWrong("unknown option more", "--tls", files.get(0), files.get(1), "more");
  }

  @Test
  void takesProxies() {
    assertThat(parse("--trusted-proxy", "10.0.0.0/8", "--trusted-proxy", "::1").doors())
        .isEqualTo(
            Doors.behind(
                List.of(new Network("10.0.0.0/8"), new Network("::1")), OptionalInt.empty()));
    assertThat(parse("--trusted-proxy", "10.0.0.1", "--proxy-protocol", "8090").doors())
        .isEqualTo(Doors.behind(List.of(new Network("10.0.0.1")), OptionalInt.of(8090)));
    for (String wrong :
        List.of("x", "10.0.0.0/33", "0.0.0.0/0", "::/0", "::/129", "10.0/8", "", "1;2")) {
      assertWrong(
          "a network is written like 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32, not " + wrong,
          "--trusted-proxy",
          wrong);
    }
    assertWrong(
        "--proxy-protocol needs the proxies that may speak it: --trusted-proxy NETWORK",
        "--proxy-protocol",
        "8090");
    assertWrong(
        "a port is between 1 and 65535, not 0",
        "--trusted-proxy",
        "10.0.0.1",
        "--proxy-protocol",
        "0");
  }

  @Test
  void takesAPortAtWhichAProgramReportsWithoutASecret() {
    assertThat(parse("--callback-port", "9090", "--callback-program", "tester").doors())
        .isEqualTo(Doors.OPEN.withCallback(new CallbackDoor(9090, "tester")));
    String together = "--callback-port PORT and --callback-program NAME belong together";
    assertWrong(together, "--callback-port", "9090");
    assertWrong(together, "--callback-program", "tester");
    assertWrong(
        "a port is between 1 and 65535, not 65536",
        "--callback-port",
        "65536",
        "--callback-program",
        "tester");
    assertWrong(
        "a program has a name like my-bot: a to z, digits and -, at most 60 of them, not a b",
        "--callback-port",
        "9090",
        "--callback-program",
        "a b");
  }

  @Test
  void takesNamesAndOrigins() {
    assertThat(
            parse("--host", "Meower.example", "--allowed-origin", "HTTPS://Front.example:443/")
                .doors())
        .isEqualTo(
            Doors.OPEN
                .withHosts(List.of(new HostName("meower.example")))
                .withAllowedOrigins(List.of(new WebOrigin("https://front.example"))));
    for (String origin :
        List.of("*", "http://localhost:3000", "http://[::1]:3000", "https://front.example:80")) {
      assertThat(parse("--allowed-origin", origin).doors().allowedOrigins())
          .hasToString("[" + origin + "]");
    }
    for (String wrong :
        List.of("front.example", "null", "https://", "https://a/b", "ftp://a", "https://a b", "")) {
      assertWrong(
          "an origin is written like https://front.example or http://localhost:3000, not " + wrong,
          "--allowed-origin",
          wrong);
    }
    for (String wrong : List.of("meower.example:8080", "https://meower.example", "", "a b")) {
      assertWrong(
          "a host is a name like meower.example, without a port, not " + wrong, "--host", wrong);
    }
  }

  @Test
  void takesASecurityContact() {
    for (String contact :
        List.of(
            "mailto:security@meower.example", "https://meower.example/report?x=1", "tel:+1-2")) {
      assertThat(parse("--security-contact", contact).doors())
          .isEqualTo(Doors.OPEN.withSecurityContact(new SecurityContact(contact)));
    }
    for (String wrong :
        List.of(
            "security@meower.example", "mailto:x", "http://a", "https://", "https://a\"; }", "")) {
      assertWrong(
          "a contact is written like mailto:security@meower.example or"
              + " https://meower.example/report, not "
              + wrong,
          "--security-contact",
          wrong);
    }
  }

  @Test
  void saysWhatIsWrongWithAnArgument() {
    assertWrong("unknown option --prot", "--prot", "1");
    assertWrong("--port needs a value", "--port");
    assertWrong("--port needs a number, not x", "--port", "x");
    assertWrong("there can be 1 to 3 instances, not 4", "--instances", "4");
    assertWrong("a port is between 1 and 65498, not 65535", "--port", "65535");
    assertWrong("a port is between 1 and 65498, not 0", "--port", "0");
    assertWrong("a port is between 1 and 65172 with --tls, not 65173", "--port", "65173", "--tls");
  }

  private static void assertWrong(String message, String... arguments) {
    assertThatThrownBy(() -> parse(arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static LauncherOptions parse(String... arguments) {
    return LauncherOptions.parse(List.of(arguments), DATA);
  }
}
