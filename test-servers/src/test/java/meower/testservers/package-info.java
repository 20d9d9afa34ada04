@NullMarked
package meower.testservers;

import org.jspecify.annotations.NullMarked;
