package meower.command.event;

import java.util.Arrays;
import meower.schema.DeletedBy;

/** How columns of one character are read and written. */
final class EventColumns {

  private EventColumns() {}

  static String deletedBy(DeletedBy by) {
    return by.text().substring(0, 1);
  }

  /**
   * @throws IllegalArgumentException if it is none of those that are written
   */
  static DeletedBy deletedBy(String column) {
    return Arrays.stream(DeletedBy.values())
        .filter(by -> deletedBy(by).equals(column))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("deleted_by is " + column));
  }
}
