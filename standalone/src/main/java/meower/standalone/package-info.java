/**
 * All of Meower on one machine: embedded servers, the three services, nginx, and what starts and
 * watches them.
 */
@NullMarked
package meower.standalone;

import org.jspecify.annotations.NullMarked;
