package meower.query.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/**
 * An HTML document with places for texts, none of which becomes markup, nor an instruction to the
 * proxy: both begin with what is escaped.
 */
final class HtmlTemplate {

  private final Template template;

  private HtmlTemplate(Template template) {
    this.template = template;
  }

  /**
   * Reads a template.
   *
   * @param name of a file of {@code pages}
   */
  static HtmlTemplate named(String name) {
    try (InputStream file = new ClassPathResource("pages/" + name).getInputStream()) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return new HtmlTemplate(Mustache.compiler().nullValue("").compile(text));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is part of the service", e);
    }
  }

  /** Returns the document, UTF-8. */
  byte[] fill(Object values) {
    return template.execute(values).getBytes(StandardCharsets.UTF_8);
  }
}
