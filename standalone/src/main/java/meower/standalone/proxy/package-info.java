/** What the proxy is told: who its clients are, and how much each of them gets. */
@NullMarked
package meower.standalone.proxy;

import org.jspecify.annotations.NullMarked;
