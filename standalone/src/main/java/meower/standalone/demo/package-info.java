/** Fills a feed with invented texts. */
@NullMarked
package meower.standalone.demo;

import org.jspecify.annotations.NullMarked;
