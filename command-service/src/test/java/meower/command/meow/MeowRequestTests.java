package meower.command.meow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import meower.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;

class MeowRequestTests {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final MeowRequest reader = new MeowRequest(JsonMapper.shared());

  @Test
  void readsJson() throws IOException {
    assertThat(read("application/json", "{\"body\":\"hi 🐈 \\u00e9\",\"more\":1}"))
        .isEqualTo("hi 🐈 é");
    assertThat(read("application/json;charset=UTF-8", "{\"body\":\"hi\"}")).isEqualTo("hi");
  }

  @Test
  void readsAForm() throws IOException {
    assertThat(read(FORM, "x=1&body=a+b%2B%26%3D%F0%9F%90%88&y")).isEqualTo("a b+&=🐈");
  }

  @Test
  void readsTheQueryParameterOfTheOriginalClient() throws IOException {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/meows");
    request.setQueryString("body=hi%20there");

    assertThat(reader.read(request).text()).isEqualTo("hi there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "null", "[]", "\"hi\"", "{}", "{\"body\":1}", "{\"body\":null}", "{} {}"})
  void refusesJsonWithoutAText(String content) {
    assertRefused(400, request("application/json", content.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "text=hi", "body=%", "body=%4", "body=%zz", "body=%ff"})
  void refusesAFormWithoutAText(String content) {
    assertRefused(400, request(FORM, content.getBytes(UTF_8)));
  }

  @Test
  void refusesInvalidUtf8InsteadOfChangingIt() {
    assertRefused(400, request("application/json", "{\"body\":\"é\"}".getBytes(ISO_8859_1)));
    assertRefused(400, request(FORM, "body=é".getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/xml", "nonsense", "application/json;charset=latin1"})
  void refusesOtherContentTypes(String type) {
    assertRefused(415, request(type, "hi".getBytes(UTF_8)));
  }

  @Test
  void refusesContentWithoutAType() {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/meows");
    request.setContent("hi".getBytes(UTF_8));

    assertRefused(415, request);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "identity, gzip", "nonsense"})
  void refusesCompressedContent(String coding) {
    MockHttpServletRequest request =
        request("application/json", "{\"body\":\"hi\"}".getBytes(UTF_8));
    request.addHeader("Content-Encoding", coding);

    assertThat(assertRefused(415, request).getHeaders().getFirst("Accept-Encoding"))
        .isEqualTo("identity");
  }

  @Test
  void readsContentThatIsSaidToBeAsItIs() throws IOException {
    MockHttpServletRequest request =
        request("application/json", "{\"body\":\"hi\"}".getBytes(UTF_8));
    request.addHeader("Content-Encoding", "Identity");

    assertThat(reader.read(request).text()).isEqualTo("hi");
  }

  @Test
  void refusesMoreThan16KiB() {
    assertRefused(413, request("application/json", new byte[16 * 1024 + 1]));
  }

  private String read(String type, String content) throws IOException {
    return reader.read(request(type, content.getBytes(UTF_8))).text();
  }

  private ProblemException assertRefused(int status, MockHttpServletRequest request) {
    ProblemException refusal =
        assertThatExceptionOfType(ProblemException.class)
            .isThrownBy(() -> reader.read(request))
            .actual();
    assertThat(refusal.getStatusCode().value()).isEqualTo(status);
    return refusal;
  }

  private static MockHttpServletRequest request(String type, byte[] content) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/meows");
    request.addHeader("Content-Type", type);
    request.setContent(content);
    return request;
  }
}
