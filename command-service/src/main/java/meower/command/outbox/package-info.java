/** Events leave Postgres in order, and none is forgotten. */
@NullMarked
package meower.command.outbox;

import org.jspecify.annotations.NullMarked;
