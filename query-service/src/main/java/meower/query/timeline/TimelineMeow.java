package meower.query.timeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import meower.schema.MeowCreated;

/** A meow as clients get it, and exactly the fields that the index is asked for. */
record Meow(String id, String body, @JsonProperty("created_at") String createdAt) {

  static Meow of(MeowCreated created) {
    return new Meow(created.id().value(), created.body(), created.createdAt().toString());
  }
}
