package meower.query.timeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import meower.schema.MeowCreated;

/** A meow as clients get it, and exactly the fields that the index is asked for. */
record TimelineMeow(String id, String body, @JsonProperty("created_at") String createdAt) {

  static TimelineMeow of(MeowCreated created) {
    return new TimelineMeow(created.id().value(), created.body(), created.createdAt().toString());
  }
}
