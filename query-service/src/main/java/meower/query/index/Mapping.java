package meower.query.index;

import java.io.IOException;
import java.io.InputStream;

/**
 * Which mapping this version of the service makes its indexes with.
 *
 * <p>A change of a mapping is a new version with a file of its own. Every instance then fills an
 * index of the new version beside the one that is read; until readers follow to it, it also goes on
 * writing the old one, but only the fields that the old one has. So a field never changes its
 * meaning: what is different gets another name.
 *
 * @param version 1 or more; the mapping is the resource {@code meows-v<version>.json}
 */
public record Mapping(int version) {

  /** What the code writes. */
  static final Mapping CURRENT = new Mapping(4);

  InputStream open() throws IOException {
    String name = "/meows-v" + version + ".json";
    InputStream mapping = Mapping.class.getResourceAsStream(name);
    if (mapping == null) {
      throw new IOException("missing resource " + name);
    }
    return mapping;
  }
}
