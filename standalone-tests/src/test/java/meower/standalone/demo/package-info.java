@NullMarked
package meower.standalone.demo;

import org.jspecify.annotations.NullMarked;
