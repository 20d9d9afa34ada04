/** Proves that Postgres, stream and index agree, and mends what does not. */
@NullMarked
package meower.operations.audit;

import org.jspecify.annotations.NullMarked;
