package meower.web;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/**
 * The media ranges that a request accepts, as RFC 9110 (section 12.5.1) reads them.
 *
 * <p>A range that cannot be read is like one of a type that nobody makes: what stands beside it
 * counts all the same. No range at all accepts everything.
 */
record AcceptHeader(List<MediaType> ranges, boolean isEmpty) {

  AcceptHeader {
    ranges = List.copyOf(ranges);
  }

  /**
   * @param values of all headers of this name
   */
  static AcceptHeader of(List<String> values) {
    List<String> texts =
        values.stream()
            .flatMap(value -> MimeTypeUtils.tokenize(value).stream())
            .filter(text -> !text.isBlank())
            .toList();
    return new AcceptHeader(texts.stream().flatMap(AcceptHeader::range).toList(), texts.isEmpty());
  }

  /** Whether the most specific of the ranges that the type falls into has a weight above zero. */
  boolean allows(MediaType type) {
    Predicate<MediaType> is = type::equalsTypeAndSubtype;
    Predicate<MediaType> isOfItsKind =
        range -> range.getSubtype().equals("*") && range.getType().equals(type.getType());
    return isEmpty
        || Stream.of(is, isOfItsKind, MediaType.ALL::equalsTypeAndSubtype)
            .map(this::weight)
            .flatMap(Optional::stream)
            .findFirst()
            .filter(weight -> weight > 0)
            .isPresent();
  }

  /** The ranges with a weight above zero, the most wanted ones first. */
  List<MediaType> wanted() {
    return ranges.stream()
        .filter(range -> range.getQualityValue() > 0)
        .sorted(Comparator.comparingDouble(MediaType::getQualityValue).reversed())
        .toList();
  }

  private Optional<Double> weight(Predicate<MediaType> kind) {
    return ranges.stream()
        .filter(kind)
        .map(MediaType::getQualityValue)
        .max(Comparator.naturalOrder());
  }

  private static Stream<MediaType> range(String text) {
    try {
      return Stream.of(MediaType.parseMediaType(text));
    } catch (InvalidMediaTypeException _) {
      return Stream.empty();
    }
  }
}
