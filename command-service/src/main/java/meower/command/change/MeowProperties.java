package meower.command.change;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may be done with meows: {@code meower.meows.*}.
 *
 * @param editWindow for how long whoever posted a meow may correct it or take it back. Default 15
 *     min. Longer forgives more; what others have answered to may then change under them.
 */
@ConfigurationProperties("meower.meows")
record MeowProperties(@DefaultValue("15m") Duration editWindow) {}
