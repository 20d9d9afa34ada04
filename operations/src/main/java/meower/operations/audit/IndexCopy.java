package meower.operations.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import meower.operations.connection.ServiceRequest;
import meower.query.model.MeowDocument;
import meower.query.model.audit.IndexAuditRequests;
import meower.query.model.audit.IndexChecksum;
import meower.query.model.audit.IndexEntries;
import meower.query.model.audit.IndexRange;
import meower.schema.EarlierSequences;
import org.jspecify.annotations.Nullable;

/** The meows of an index, as the query service tells them. */
final class IndexCopy implements Audit.Copy {

  private final ServiceRequest service;
  private final String index;

  IndexCopy(ServiceRequest service, String index) {
    this.service = service;
    this.index = index;
  }

  @Override
  public boolean agrees(Range range, Checksum untouched, Expectation changed) throws Exception {
    IndexRange asked =
        IndexRange.all(index, range.after(), range.to()).with(List.copyOf(changed.places()));
    IndexChecksum sum = service.ask(IndexAuditRequests.CHECKSUM, asked, IndexChecksum.class);
    return untouched.equals(new Checksum(sum.count(), sum.hash()))
        && (changed.places().isEmpty() || changed.isMetBy(read(asked)));
  }

  @Override
  public List<Found> read(Range range) throws Exception {
    return read(IndexRange.all(index, range.after(), range.to()));
  }

  /** Returns documents without a place that any range has: none, or behind the last sequence. */
  List<Found> outside(long last) throws Exception {
    return read(IndexRange.outside(index, last));
  }

  private List<Found> read(IndexRange range) throws Exception {
    List<Found> found = new ArrayList<>();
    IndexEntries part = service.ask(IndexAuditRequests.ENTRIES, range, IndexEntries.class);
    part.found().stream().map(IndexCopy::found).forEach(found::add);
    for (IndexRange.Cursor next = part.next(); next != null; next = part.next()) {
      part = service.ask(IndexAuditRequests.ENTRIES, range.behind(next), IndexEntries.class);
      part.found().stream().map(IndexCopy::found).forEach(found::add);
    }
    return found;
  }

  private static Found found(IndexEntries.Found there) {
    String handle = there.handle();
    MeowDocument document = there.document();
    return new Found(
        document == null ? 0 : document.sequence(),
        id(document, handle),
        null,
        document == null || !handle.equals(document.id()) ? null : entry(document),
        handle,
        there.version(),
        text(document));
  }

  /** A mapping does not ask for any field. */
  @SuppressWarnings("ConstantValue")
  private static String id(@Nullable MeowDocument document, String handle) {
    return document == null || document.id() == null ? handle : document.id();
  }

  private static String text(@Nullable MeowDocument document) {
    return document == null || document.body() == null ? "" : document.body();
  }

  /** Returns the event that has made such a document; nothing if none makes it so. */
  private static @Nullable Entry entry(MeowDocument document) {
    return document
        .event()
        .map(event ->
            Entry.document(
                event,
                Objects.requireNonNullElse(document.version(), document.sequence()),
                new EarlierSequences(Objects.requireNonNullElse(document.earlier(), List.of()))))
        .orElse(null);
  }
}
