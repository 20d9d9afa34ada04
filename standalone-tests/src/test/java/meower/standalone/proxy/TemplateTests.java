package meower.standalone.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTests {
  @Test
  void replacesOurVariablesAndLeavesThoseOfNginx() {
    var template =
        new Template("listen ${MEOWER_LISTEN}; set $host ${host} \"$1|${MEOWER_LISTEN}\";");
    assertThat(template.render(Map.of("MEOWER_LISTEN", "127.0.0.1:8080")))
        .isEqualTo("listen 127.0.0.1:8080; set $host ${host} \"$1|127.0.0.1:8080\";");
  }

  @Test
  void takesDollarsAndBackslashesInValuesAsTheyAre() {
    assertThat(new Template("${MEOWER_ROOT}").render(Map.of("MEOWER_ROOT", "/a$1\\b")))
        .isEqualTo("/a$1\\b");
  }

  @Test
  void namesAllValuesThatAreMissing() {
    var template = new Template("${MEOWER_ROOT} ${MEOWER_TMP} ${MEOWER_LISTEN}");
    assertThatThrownBy(() -> template.render(Map.of("MEOWER_TMP", "/tmp")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no value for MEOWER_LISTEN, MEOWER_ROOT");
  }
}
