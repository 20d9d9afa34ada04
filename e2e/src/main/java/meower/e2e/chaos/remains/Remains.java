package meower.e2e.chaos.remains;

import java.util.Set;

/**
 * What is left of deleted texts in one place.
 *
 * @param place its name
 * @param words by which the texts are known
 */
public record Remains(String place, Set<String> words) {

  @Override
  public String toString() {
    return words.size() + " in " + place;
  }
}
