package meower.e2e.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import meower.e2e.Api;
import meower.e2e.FeedReader;
import meower.e2e.RunningMeower;
import meower.e2e.description.Description.Place;
import meower.standalone.stack.Part;
import meower.standalone.stack.ProjectLayout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code docs/asyncapi.yaml} says what goes over the socket and through the streams. */
class EventDescriptionIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());
  private final Set<String> seen = new HashSet<>();
  private final Description description;
  private final Connection nats;

  EventDescriptionIntegrationTests() throws IOException, InterruptedException {
    description = Description.read("asyncapi.yaml");
    nats = meower.access().nats(Part.COMMAND);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    nats.close();
  }

  @Test
  void describesEveryFrameOfTheSocket() throws Exception {
    try (FeedReader reader = FeedReader.connect(meower.url())) {
      api.post("describedframe");
      await().atMost(SOON).until(() -> reader.meows("describedframe").size() == 1);

      check("pusher", "hello", "payload", reader.hello());
      reader.frames().forEach(frame -> check("pusher", "meow", "payload", frame));

      send(reader, "subscribe", "sub #described");
      send(reader, "unsubscribe", "unsub #described");
      // Nothing answers a command: only what is posted after the last of them was obeyed arrives.
      await().atMost(SOON).until(() -> arrives(reader, "takencommands"));
    }
    // A browser too slow for 65,536 meows would take minutes to make; the pusher's own tests make
    // one, edit and delete meows, and compare the frames with these files.
    for (String frame : List.of("gap", "edited", "deleted", "online")) {
      check("pusher", frame, "payload", JSON.readTree(golden("pusher-service", frame + ".json")));
    }
    assertThat(seen).isEqualTo(messagesOf("pusher"));
  }

  @Test
  void describesTheMessagesOfTheStream() throws Exception {
    String id = Api.json(api.post("described event")).get("id").stringValue();
    await().atMost(SOON).until(() -> header(last("meows"), "Nats-Msg-Id").equals(id));
    MessageInfo message = last("meows");

    assertThat(message.getStream()).isEqualTo("MEOWS");
    check("meows", "meowCreated", "payload", JSON.readTree(message.getData()));
    check("meows", "meowCreated", "headers", json(message.getHeaders()));
    assertThat(seen).isEqualTo(messagesOf("meows"));
  }

  @Test
  void describesTheDeadLetters() throws Exception {
    byte[] nonsense = "no event".getBytes(StandardCharsets.UTF_8);
    long sequence = nats.jetStream().publish(address("meows"), nonsense).getSeqno();
    await()
        .atMost(SOON)
        .ignoreException(JetStreamApiException.class)
        .until(() -> header(last("deadLetters"), "Meower-Position").endsWith("-" + sequence));
    MessageInfo message = last("deadLetters");

    assertThat(message.getStream()).isEqualTo("DEAD_LETTERS");
    assertThat(message.getData()).isEqualTo(nonsense);
    check("deadLetters", "deadLetter", "headers", json(message.getHeaders()));
    assertThat(seen).isEqualTo(messagesOf("deadLetters"));
  }

  private boolean arrives(FeedReader reader, String word) throws Exception {
    api.post(word);
    return !reader.meows(word).isEmpty();
  }

  private void send(FeedReader reader, String message, String command) {
    reader.send(command);
    check("pusher", message, "payload", JSON.valueToTree(command));
  }

  private void check(String channel, String name, String part, JsonNode value) {
    Place message = description.get(description.root(), "channels", channel, "messages", name);
    assertThat(description.errors(description.get(message, part), value)).isEmpty();
    seen.add(name);
  }

  private Set<String> messagesOf(String channel) {
    return Set.copyOf(
        description
            .get(description.root(), "channels", channel, "messages")
            .node()
            .propertyNames());
  }

  private String address(String channel) {
    return description.get(description.root(), "channels", channel, "address").node().stringValue();
  }

  private MessageInfo last(String channel) throws IOException, JetStreamApiException {
    String stream = channel.equals("meows") ? "MEOWS" : "DEAD_LETTERS";
    String anyOfThem = address(channel).replaceAll("\\{[a-z]+}", "*");
    return nats.jetStreamManagement().getLastMessage(stream, anyOfThem);
  }

  private static String header(MessageInfo message, String name) {
    return json(message.getHeaders()).path(name).stringValue("");
  }

  private static JsonNode json(@Nullable Headers headers) {
    ObjectNode json = JSON.createObjectNode();
    if (headers != null) {
      headers.forEach((name, values) -> json.put(name, String.join(", ", values)));
    }
    return json;
  }

  private static String golden(String module, String file) throws IOException {
    Path resources = ProjectLayout.find().root().resolve(module).resolve("src/test/resources");
    return Files.readString(resources.resolve("golden").resolve(file));
  }
}
