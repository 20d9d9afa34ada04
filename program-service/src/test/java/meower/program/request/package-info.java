@NullMarked
package meower.program.request;

import org.jspecify.annotations.NullMarked;
