/** The feed for feed readers: Atom and JSON Feed. */
@NullMarked
package meower.query.syndication;

import org.jspecify.annotations.NullMarked;
