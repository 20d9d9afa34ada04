package meower.pusher.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import meower.web.Client;
import org.junit.jupiter.api.Test;

class ClientSharesTests {

  private static final Client CLIENT = Client.of("198.51.100.1");
  private static final Client OTHER = Client.of("198.51.100.2");

  private final AtomicLong clock = new AtomicLong();
  private final ClientShares shares = new ClientShares(1_000, clock::get);

  @Test
  void connectionsOfOneClientHaveOne() {
    ClientShare first = shares.join(CLIENT);
    assertThat(shares.join(CLIENT)).isSameAs(first);
    assertThat(shares.join(OTHER)).isNotSameAs(first);
    assertThat(shares.size()).isEqualTo(2);
  }

  @Test
  void whoHangsUpAndComesAgainHasTheSame() {
    ClientShare first = shares.join(CLIENT);
    shares.leave(first);
    assertThat(shares.join(CLIENT)).isSameAs(first);
  }

  @Test
  void whoHasLongGoneIsForgotten() {
    shares.leave(shares.join(CLIENT));
    clock.addAndGet(ClientShares.KEPT.toNanos());
    shares.join(OTHER);
    assertThat(shares.size()).isEqualTo(1);
  }

  @Test
  void framesOfAllItsConnectionsCountTogether() {
    ClientShare share = shares.join(CLIENT);
    assertThat(share.receive(ClientShare.MOST_FRAMES)).isFalse();
    assertThat(share.isFlooding()).isFalse();
    assertThat(share.receive(1)).isTrue();
    assertThat(share.isFlooding()).isTrue();
    clock.addAndGet(Flood.PERIOD.toNanos());
    assertThat(share.isFlooding()).isFalse();
  }
}
