package meower.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.accept.ContentNegotiationManager;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

class AcceptInterceptorTests {

  private final Register register = new Register();
  private final MockMvc mvc =
      MockMvcBuilders.standaloneSetup(register, new ProblemErrorController())
          .setControllerAdvice(new ProblemAdvice())
          .addInterceptors(new AcceptInterceptor())
          .setContentNegotiationManager(new ContentNegotiationManager(new AcceptedTypes()))
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "application/problem+json",
        "application/json;q=0, */*",
        "application/json;q=0",
        "*/*;q=0",
        "nonsense",
        ";;;"
      })
  void refusesBeforeAnythingIsDone(String accept) throws Exception {
    mvc.perform(post("/entries").header("Accept", accept))
        .andExpect(status().isNotAcceptable())
        .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
        .andExpect(header().doesNotExist("Accept"))
        .andExpect(jsonPath("$.type").value("/problems/not-acceptable"));

    assertThat(register.entries).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/problem+json, application/json;q=0.1",
        "application/*;q=0.1, application/problem+json",
        "text/html, */*;q=0.8",
        "nonsense, */*",
        "application/vnd.spring-boot.actuator.v3+json, */*"
      })
  void answersOneTypeOnly(String accept) throws Exception {
    mvc.perform(post("/entries").header("Accept", accept))
        .andExpect(status().isOk())
        .andExpect(content().contentType(MediaType.APPLICATION_JSON));

    assertThat(register.entries).isEqualTo(1);
  }

  @Test
  void isNotOutwittedByMoreRangesThanTheFrameworkReads() throws Exception {
    mvc.perform(post("/entries").header("Accept", "image/x,".repeat(60) + "*/*"))
        .andExpect(status().isOk())
        .andExpect(content().contentType(MediaType.APPLICATION_JSON));
  }

  @Test
  void tellsWhatIsWrongByTheRightType() throws Exception {
    mvc.perform(get("/entries/none").header("Accept", "*/*"))
        .andExpect(status().isNotFound())
        .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "*/*;q=0", "nonsense", ";;;"})
  void tellsProblemsToEverybody(String accept) throws Exception {
    mvc.perform(get("/error").header("Accept", accept))
        .andExpect(status().isNotFound())
        .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
    mvc.perform(get("/listed").header("Accept", accept))
        .andExpect(status().isNotAcceptable())
        .andExpect(header().doesNotExist("Accept"))
        .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
    mvc.perform(get("/entries").header("Accept", accept))
        .andExpect(status().isMethodNotAllowed())
        .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
  }

  @RestController
  static final class Register {

    private int entries;

    @PostMapping("/entries")
    Entry enter() {
      entries++;
      return new Entry(entries);
    }

    @GetMapping(path = "/listed", produces = MediaType.TEXT_XML_VALUE)
    String listed() {
      return "<entries/>";
    }

    @GetMapping("/entries/none")
    Entry none() {
      throw new ProblemException(HttpStatus.NOT_FOUND, "none", "There is none", "Enter one.");
    }
  }

  record Entry(int number) {}
}
