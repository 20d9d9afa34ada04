package meower.query.syndication;

import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import meower.query.meow.TimelineMeow;
import org.jspecify.annotations.Nullable;

/**
 * Writes Atom (RFC 4287).
 *
 * <p>Nobody's text becomes markup, and what XML cannot say at all becomes U+FFFD.
 */
final class AtomFeed {

  static final String PATH = "/feed.atom";

  private static final String NAMESPACE = "http://www.w3.org/2005/Atom";

  private AtomFeed() {}

  static String write(FeedAddress address, List<TimelineMeow> meows, Instant updated) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("feed");
      xml.writeDefaultNamespace(NAMESPACE);
      element(xml, "title", address.title());
      element(xml, "id", address.tag());
      element(xml, "updated", updated.toString());
      link(xml, "self", "application/atom+xml", address.self(PATH));
      link(xml, "alternate", "text/html", address.home());
      xml.writeStartElement("author");
      element(xml, "name", "somebody");
      xml.writeEndElement();
      for (TimelineMeow meow : meows) {
        entry(xml, address, meow);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a text in memory can be written", e);
    }
    return text.toString();
  }

  private static void entry(XMLStreamWriter xml, FeedAddress address, TimelineMeow meow)
      throws XMLStreamException {
    @Nullable String editedAt = meow.editedAt();
    xml.writeStartElement("entry");
    element(xml, "title", meow.headline());
    element(xml, "id", address.tag("meow/" + meow.id()));
    element(xml, "published", meow.createdAt());
    element(xml, "updated", editedAt == null ? meow.createdAt() : editedAt);
    link(xml, "alternate", "application/json", address.meow(meow.id()));
    xml.writeStartElement("content");
    xml.writeAttribute("type", "text");
    xml.writeCharacters(XmlText.of(meow.body()));
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(XmlText.of(text));
    xml.writeEndElement();
  }

  private static void link(XMLStreamWriter xml, String relation, String type, String address)
      throws XMLStreamException {
    xml.writeEmptyElement("link");
    xml.writeAttribute("rel", relation);
    xml.writeAttribute("type", type);
    xml.writeAttribute("href", XmlText.of(address));
  }
}
