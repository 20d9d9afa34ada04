/**
 * The embedded servers: PostgreSQL, NATS and Elasticsearch, started, stopped, killed and paused.
 */
@NullMarked
package meower.standalone.server;

import org.jspecify.annotations.NullMarked;
