/** All of Meower on one machine: servers, services and nginx, started in order and supervised. */
@NullMarked
package meower.standalone.stack;

import org.jspecify.annotations.NullMarked;
