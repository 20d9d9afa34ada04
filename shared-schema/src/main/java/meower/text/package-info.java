/** What a text is: its hashtags, and how it is compared to another one. */
@NullMarked
package meower.text;

import org.jspecify.annotations.NullMarked;
