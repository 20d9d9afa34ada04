/** The command side: stores posted meows in Postgres and publishes their events. */
@NullMarked
package meower.command;

import org.jspecify.annotations.NullMarked;
