package meower.program.outbound;

import java.util.Optional;

/**
 * What somebody else's server answered to what was brought to it.
 *
 * @param status 200 to 599
 * @param body its beginning, read as UTF-8
 * @param retryAfter the header of this name, as it is
 */
public record PostAnswer(int status, String body, Optional<String> retryAfter) {}
