/** What requests of programs have in common: parameters, durations, keys. */
@NullMarked
package meower.program.request;

import org.jspecify.annotations.NullMarked;
