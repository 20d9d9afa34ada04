package meower.command.trail;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * For how long is known from whom events came: {@code meower.trail.*}.
 *
 * @param days default 30. With 0 nothing is written down, and what was before is deleted.
 */
@Validated
@ConfigurationProperties("meower.trail")
public record TrailProperties(@Min(0) @Max(3650) @DefaultValue("30") int days) {

  /** Tells whether anything is written down at all. */
  public boolean isKept() {
    return days > 0;
  }
}
