/** Whom a service believes to be Postgres, NATS or Elasticsearch, when it speaks TLS to them. */
@NullMarked
package meower.tls;

import org.jspecify.annotations.NullMarked;
