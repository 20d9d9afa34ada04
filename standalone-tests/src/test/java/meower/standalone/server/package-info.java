@NullMarked
package meower.standalone.server;

import org.jspecify.annotations.NullMarked;
