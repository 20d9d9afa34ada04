package meower.pusher.socket;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the kernel holds for each connection: {@code meower.pusher.*}.
 *
 * @param sendBuffer what the kernel holds for one browser that reads slowly. Default 64 KB. Larger
 *     ones help over long distances; as many times as there are slow browsers it is memory outside
 *     the heap.
 */
@Validated
@ConfigurationProperties("meower.pusher")
record SocketProperties(@DefaultValue("64KB") DataSize sendBuffer) {}
