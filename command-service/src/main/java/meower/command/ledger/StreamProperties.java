package meower.command.ledger;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the stream is kept: {@code meower.stream.*}.
 *
 * @param unknown what is done with events of the stream that Postgres does not know and that Meower
 *     itself can have stored. Default {@code import}: Postgres takes them in, which brings back
 *     what was answered with success since the moment to which it was restored. {@code keep} leaves
 *     them where they are and reports them, for who wants to look first.
 */
@ConfigurationProperties("meower.stream")
public record StreamProperties(@DefaultValue("import") UnknownEvents.Policy unknown) {}
