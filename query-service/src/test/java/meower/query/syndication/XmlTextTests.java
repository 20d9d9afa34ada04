package meower.query.syndication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlTextTests {

  @ParameterizedTest
  @CsvSource({
    "cats, cats",
    "'a\tb\nc', 'a\tb\nc'",
    "<b>&\"', <b>&\"'",
    "🐈é東, 🐈é東",
    "a\u0000b, a\uFFFDb",
    "'a\u000Bb\u001B', 'a\uFFFDb\uFFFD'",
    "a\uFFFEb\uFFFF, a\uFFFDb\uFFFD",
    "a\uD83Db, a\uFFFDb",
    "\uDC08, \uFFFD"
  })
  void saysWhatXmlCanSay(String text, String expected) {
    assertThat(XmlText.of(text)).isEqualTo(expected);
  }
}
