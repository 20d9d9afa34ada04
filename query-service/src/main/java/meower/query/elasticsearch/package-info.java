/** How this service talks to Elasticsearch, and what it says while it cannot. */
@NullMarked
package meower.query.elasticsearch;

import org.jspecify.annotations.NullMarked;
