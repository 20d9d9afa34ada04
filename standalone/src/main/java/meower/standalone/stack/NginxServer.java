package meower.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import meower.signing.KeyFile;
import meower.signing.Signatures;
import meower.signing.Voucher;
import meower.standalone.certificate.ServerCertificate;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Http;
import meower.standalone.process.LogFile;
import meower.standalone.proxy.CallbackDoor;
import meower.standalone.proxy.Template;
import meower.standalone.server.Launch;
import meower.standalone.server.Nginx;
import meower.standalone.server.Server;

/** The proxy in front of the services, with the same configuration as in containers. */
final class NginxServer extends Server {
  private static final Duration SECURITY_TEXT_HOLDS = Duration.ofDays(360);
  private static final List<String> LOGS = List.of("access", "changes", "failed", "refused");

  private final ProjectLayout project;
  private final DataFolder data;
  private final Path directory;
  private final PortPlan ports;
  private final StackOptions options;
  private final Security security;

  NginxServer(ProjectLayout project, DataFolder data, StackOptions options, Security security) {
    super(Part.NGINX.label(), data);
    this.project = project;
    this.data = data;
    this.directory = data.of(Part.NGINX.label());
    this.ports = options.ports();
    this.options = options;
    this.security = security;
  }

  String url() {
    return "http://127.0.0.1:" + ports.nginx();
  }

  /** Its logs that grow with use: what strangers can write at will is apart from the rest. */
  List<LogFile> requestLogs() {
    return LOGS.stream().map(this::requestLog).toList();
  }

  private LogFile requestLog(String name) {
    return new LogFile(directory.resolve(name + ".log"));
  }

  @Override
  protected Launch prepare() throws IOException, InterruptedException {
    Files.createDirectories(directory);
    for (LogFile log : requestLogs()) {
      log.rotate();
    }
    Template template = new Template(Files.readString(project.nginxTemplate()));
    return Nginx.launch(project.page(), directory, template.render(variables()));
  }

  private Map<String, String> variables() throws IOException {
    var variables = new HashMap<String, String>();
    variables.putAll(options.limits().variables());
    variables.putAll(options.doors().variables(ports.tls() ? " ssl http2" : ""));
    variables.putAll(places());
    variables.put("MEOWER_CALLBACK", callback());
    LOGS.forEach(name ->
        variables.put(
            "MEOWER_" + name.toUpperCase(Locale.ROOT) + "_LOG",
            requestLog(name).path().toString()));
    return variables;
  }

  private Map<String, String> places() throws IOException {
    return Map.ofEntries(
        Map.entry("MEOWER_LISTEN", "127.0.0.1:" + ports.nginx()),
        Map.entry("MEOWER_TLS", tls()),
        Map.entry("MEOWER_TLS_PORT", ports.tls() ? "" + ports.secure() : ""),
        Map.entry("MEOWER_MEMBERS", options.members() ? "/access/member" : "off"),
        Map.entry("MEOWER_SECURITY_EXPIRES", securityExpires()),
        Map.entry("MEOWER_ROOT", project.page().toString()),
        Map.entry("MEOWER_TMP", directory.toString()),
        Map.entry("MEOWER_COMMAND_SERVERS", upstream(Part.COMMAND)),
        Map.entry("MEOWER_QUERY_SERVERS", upstream(Part.QUERY)),
        Map.entry("MEOWER_PUSHER_SERVERS", upstream(Part.PUSHER)),
        Map.entry("MEOWER_PROGRAM_SERVERS", upstream(Part.PROGRAM)));
  }

  /** The services read the same keys, so that they believe what the proxy is to show. */
  private String callback() throws IOException {
    Optional<CallbackDoor> door = options.doors().callback();
    if (door.isEmpty()) {
      return "";
    }
    var keys = new Signatures(KeyFile.read(ServiceSettings.passKeys(data)));
    return door.get()
        .server(
            ports.tls() ? "https://127.0.0.1:" + ports.secure() : url(),
            Voucher.of(door.get().program(), keys));
  }

  /** RFC 9116: a year at most, so it is counted from the start. */
  private static String securityExpires() {
    return Instant.now().plus(SECURITY_TEXT_HOLDS).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private String tls() throws IOException {
    return certificate().map(this::listen).orElse("");
  }

  @Override
  protected boolean copyCertificate() throws IOException {
    return certificate().isPresent();
  }

  /** A copy of the certificate: nginx may run as a user who cannot reach the original. */
  private Optional<ServerCertificate> certificate() throws IOException {
    return security.certificate(Part.NGINX);
  }

  private String listen(ServerCertificate certificate) {
    return """
    listen 127.0.0.1:%d ssl http2 default_server backlog=4096 sndbuf=128k;
            ssl_certificate "%s";
            ssl_certificate_key "%s";\
    """
        .formatted(ports.secure(), certificate.certificate(), certificate.key());
  }

  private String upstream(Part service) {
    return ports.all(service).stream()
        .map(instance -> "server 127.0.0.1:" + ports.of(instance) + " max_fails=0;")
        .collect(Collectors.joining("\n        "));
  }

  /** Whether nginx itself answers; the services behind it are asked by {@link #isHealthy()}. */
  @Override
  public boolean isReady() {
    return Http.status(url() + "/") > 0;
  }

  boolean isHealthy() {
    return Http.isOk(url() + "/healthz");
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofSeconds(20);
  }
}
