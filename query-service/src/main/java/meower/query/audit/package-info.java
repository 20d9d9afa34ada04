/** What operators' commands ask about the documents of the index, and have mended there. */
@NullMarked
package meower.query.audit;

import org.jspecify.annotations.NullMarked;
