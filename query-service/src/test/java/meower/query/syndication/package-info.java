@NullMarked
package meower.query.syndication;

import org.jspecify.annotations.NullMarked;
