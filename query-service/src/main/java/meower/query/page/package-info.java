/** What people are shown who follow a link to a meow, and what other sites embed. */
@NullMarked
package meower.query.page;

import org.jspecify.annotations.NullMarked;
