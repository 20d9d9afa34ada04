package meower.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

class ProblemAdviceTests {

  private final MockMvc mvc =
      MockMvcBuilders.standaloneSetup(new Misbehaving())
          .setControllerAdvice(new ProblemAdvice())
          .build();

  @Test
  void neverShowsTheMessageOfAnException() throws Exception {
    mvc.perform(get("/boom"))
        .andExpect(status().isInternalServerError())
        .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
        .andExpect(jsonPath("$.type").value("/problems/internal"))
        .andExpect(content().string(not(containsString("secret"))));
  }

  @Test
  void saysWhenToTryAgain() throws Exception {
    mvc.perform(get("/away"))
        .andExpect(status().isServiceUnavailable())
        .andExpect(header().string("Retry-After", "2"))
        .andExpect(jsonPath("$.type").value("/problems/unavailable"))
        .andExpect(jsonPath("$.detail").value("Come back soon."))
        .andExpect(content().string(not(containsString("secret"))));
  }

  @Test
  void namesTheParameterThatIsMalformed() throws Exception {
    mvc.perform(get("/typed").param("take", "many"))
        .andExpect(status().isBadRequest())
        .andExpect(jsonPath("$.type").value("/problems/invalid-parameter"))
        .andExpect(jsonPath("$.parameter").value("take"));
  }

  @Test
  void saysThatParametersCannotBeDecoded() throws Exception {
    mvc.perform(get("/undecodable"))
        .andExpect(status().isBadRequest())
        .andExpect(jsonPath("$.type").value("/problems/malformed-request"))
        .andExpect(content().string(not(containsString("secret"))));
  }

  @Test
  void saysThatABodyCannotBeRead() throws Exception {
    mvc.perform(post("/body").contentType(MediaType.APPLICATION_JSON).content("{"))
        .andExpect(status().isBadRequest())
        .andExpect(jsonPath("$.type").value("/problems/malformed-request"));
  }

  @Test
  void saysWhichMethodsAndTypesAreAllowed() throws Exception {
    mvc.perform(post("/boom"))
        .andExpect(status().isMethodNotAllowed())
        .andExpect(header().string("Allow", "GET"))
        .andExpect(jsonPath("$.type").value("/problems/method-not-allowed"));
    mvc.perform(post("/body").contentType(MediaType.APPLICATION_XML).content("<a/>"))
        .andExpect(status().isUnsupportedMediaType())
        .andExpect(jsonPath("$.type").value("/problems/unsupported-media-type"));
  }

  @Test
  void doesNotListWhatElseItCouldAnswer() throws Exception {
    mvc.perform(get("/away").accept("application/vnd.maker.made"))
        .andExpect(status().isNotAcceptable())
        .andExpect(header().doesNotExist("Accept"))
        .andExpect(jsonPath("$.type").value("/problems/not-acceptable"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/boom", "/away", "/typed?take=many", "/undecodable", "/body"})
  void isKeptByNoCache(String path) throws Exception {
    mvc.perform(get(path))
        .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
        .andExpect(header().string("Cache-Control", "no-store"));
  }

  @Test
  void hasOneTitleForEachType() {
    Map<URI, Set<String>> titles =
        Stream.of(HttpStatus.values())
            .filter(HttpStatus::isError)
            .map(status -> Problems.forStatus(status, null))
            .collect(
                Collectors.groupingBy(
                    problem -> Objects.requireNonNull(problem.getType()),
                    Collectors.mapping(ProblemDetail::getTitle, Collectors.toSet())));

    assertThat(titles.values()).allSatisfy(each -> assertThat(each).hasSize(1));
  }

  @RestController
  static final class Misbehaving {

    @GetMapping("/undecodable")
    String undecodable() {
      throw new InvalidParameterException("secret");
    }

    @GetMapping("/boom")
    String boom() {
      throw new IllegalStateException("secret");
    }

    @GetMapping(path = "/away", produces = MediaType.APPLICATION_JSON_VALUE)
    String away() {
      throw ProblemException.unavailable(
          "Come back soon.", new IllegalStateException("secret"), Duration.ofSeconds(2));
    }

    @GetMapping("/typed")
    String typed(@RequestParam("take") int take) {
      return "took " + take;
    }

    @PostMapping(path = "/body", consumes = MediaType.APPLICATION_JSON_VALUE)
    String body(@RequestBody Pair pair) {
      return pair.toString();
    }
  }

  record Pair(String left, String right) {}
}
