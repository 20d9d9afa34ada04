/**
 * What strangers can write into the log of a service: little, and nothing that steers a terminal.
 */
@NullMarked
package meower.web.log;

import org.jspecify.annotations.NullMarked;
