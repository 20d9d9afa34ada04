package meower.operations.removal;

import java.util.function.Consumer;
import meower.operations.connection.ServiceRequest;
import meower.query.model.FindRequest;
import meower.query.model.FindResult;
import meower.query.model.IndexRequests;

/**
 * Everything that a search finds, newest first, as it is when the reading begins.
 *
 * @param service the query service
 */
record Matches(ServiceRequest service, String query) {

  void forEach(Consumer<FindResult.Match> action) throws Exception {
    FindRequest request = FindRequest.first(query);
    FindResult part = find(request);
    part.meows().forEach(action);
    while (part.next() != 0) {
      request = request.behind(part);
      part = find(request);
      part.meows().forEach(action);
    }
  }

  private FindResult find(FindRequest request) throws Exception {
    return FindResult.decode(service.ask(IndexRequests.FIND, request.encode()));
  }
}
