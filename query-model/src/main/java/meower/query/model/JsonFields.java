package meower.query.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Names the fields that a record has as JSON, so that nobody has to list them beside it. */
public final class JsonFields {

  private JsonFields() {}

  /** Returns their names, in the order of the record. */
  public static List<String> of(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(JsonFields::name).toList();
  }

  private static String name(RecordComponent component) {
    JsonProperty other = component.getAccessor().getAnnotation(JsonProperty.class);
    return other == null ? component.getName() : other.value();
  }
}
