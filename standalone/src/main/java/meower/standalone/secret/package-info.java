/** What only the owner of a data folder may read: passwords, and files with keys. */
@NullMarked
package meower.standalone.secret;

import org.jspecify.annotations.NullMarked;
