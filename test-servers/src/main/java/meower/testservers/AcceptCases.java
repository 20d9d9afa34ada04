package meower.testservers;

import java.util.List;
import java.util.stream.Stream;

/** What clients say in the header {@code Accept}, to whoever answers one media type only. */
public final class AcceptCases {

  private AcceptCases() {}

  /** Values that allow the type, like {@code application/json}. */
  public static List<String> allowing(String type) {
    return of(
        type,
        "*/*",
        "TYPE",
        "KIND/*",
        "TYPE;q=0.001",
        "application/problem+json, TYPE;q=0.1",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
        "nonsense, */*",
        "*/*;q=0, TYPE",
        "KIND/*;q=0, TYPE;q=0.5",
        "TYPE;q=2, */*");
  }

  /** Values that do not. */
  public static List<String> refusing(String type) {
    return of(
        type,
        "image/png",
        "application/problem+json",
        "application/problem+json;q=1, image/*",
        "TYPE;q=0",
        "TYPE;q=0, */*",
        "TYPE;q=0.000, KIND/*",
        "KIND/*;q=0, */*",
        "*/*;q=0",
        "nonsense",
        "TYPE;q=x");
  }

  private static List<String> of(String type, String... values) {
    String kind = type.substring(0, type.indexOf('/'));
    return Stream.of(values)
        .map(value -> value.replace("TYPE", type).replace("KIND", kind))
        .toList();
  }
}
