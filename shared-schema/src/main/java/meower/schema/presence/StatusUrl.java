package meower.schema.presence;

/**
 * Where the objects of a program are looked up.
 *
 * @param program its name
 * @param url with {@code {id}} where the id of an object belongs
 */
public record StatusUrl(String program, String url) {}
