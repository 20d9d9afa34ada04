package meower.web.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Set;
import meower.signing.KeyFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassKeysTests {

  private static final Instant NOW = Instant.parse("2026-11-28T20:00:00Z");
  private static final Pass PASS = new Pass("user", Set.of(Scope.POST), NOW.plusSeconds(60));

  @TempDir Path folder;

  private Path file;
  private PassKeys keys;

  @BeforeEach
  void makeKeys() throws IOException {
    file = folder.resolve("passes");
    keys = at(NOW);
  }

  @Test
  void readsWhatItHasWritten() {
    var all = new Pass("a-1", Set.of(Scope.values()), NOW.plusSeconds(1));

    assertThat(keys.read(keys.write(all))).contains(all);
    assertThat(keys.write(PASS)).matches("p1\\.[\\w-]{8}\\.[\\w-]+\\.[\\w-]{43}");
  }

  @Test
  void believesAPassUntilItsEnd() throws IOException {
    String text = keys.write(PASS);

    assertThat(at(NOW.plusSeconds(59)).read(text)).contains(PASS);
    assertThat(at(NOW.plusSeconds(60)).read(text)).isEmpty();
  }

  @Test
  void keysOfOneProcessBelieveNoOther() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    var own = PassKeys.ofThisProcess(clock);

    assertThat(own.read(own.write(PASS))).contains(PASS);
    assertThat(own.read(keys.write(PASS))).isEmpty();
    assertThat(PassKeys.ofThisProcess(clock).read(own.write(PASS))).isEmpty();
  }

  @Test
  void aForgedPassIsRefused() throws IOException {
    String text = keys.write(PASS);
    String[] parts = text.split("\\.", -1);
    String payload = new String(Base64.getUrlDecoder().decode(parts[2]), StandardCharsets.UTF_8);
    String other =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(payload.replace("user", "root").getBytes(StandardCharsets.UTF_8));
    var strangers = new PassKeys(folder.resolve("others"), Clock.fixed(NOW, ZoneOffset.UTC));

    assertThat(keys.read(String.join(".", parts[0], parts[1], other, parts[3]))).isEmpty();
    assertThat(keys.read(strangers.write(PASS))).isEmpty();
    assertThat(strangers.read(text)).isEmpty();
    assertThat(keys.read(text.replace(parts[1], "AAAAAAAA"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "...", "p1...", "p2.a.b.c", "user", "p1.a.b.c.d", "Basic dXNlcg"})
  void refusesWhatIsNoPass(String text) {
    assertThat(keys.read(text)).isEmpty();
  }

  @Test
  void aNewKeySignsAndTheOldOneStillVerifies() throws IOException {
    String before = keys.write(PASS);
    String old = Files.readString(file);
    String added = Base64.getEncoder().encodeToString(KeyFile.random()) + "\n";

    change(added + old);

    String after = keys.write(PASS);
    assertThat(after.split("\\.", -1)[1]).isNotEqualTo(before.split("\\.", -1)[1]);
    assertThat(keys.read(after)).contains(PASS);
    assertThat(keys.read(before)).contains(PASS);

    change(added);

    assertThat(keys.read(after)).contains(PASS);
    assertThat(keys.read(before)).isEmpty();
  }

  @Test
  void goesOnWithItsKeysWhileTheFileIsBroken() throws IOException {
    String text = keys.write(PASS);

    change("half a ke");

    assertThat(keys.read(text)).contains(PASS);
  }

  private void change(String content) throws IOException {
    FileTime changed = Files.getLastModifiedTime(file);
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(changed.toInstant().plusSeconds(1)));
  }

  private PassKeys at(Instant now) throws IOException {
    return new PassKeys(file, Clock.fixed(now, ZoneOffset.UTC));
  }
}
