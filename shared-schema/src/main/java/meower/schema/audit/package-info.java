/** What the commands for operators ask the services about what they hold, over NATS. */
@NullMarked
package meower.schema.audit;

import org.jspecify.annotations.NullMarked;
