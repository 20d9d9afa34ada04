package meower.bench.push.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import meower.bench.push.client.PlainProtocol;
import meower.bench.push.client.Protocol;
import meower.bench.push.client.SocketIoProtocol;
import meower.bench.push.client.Way;
import meower.standalone.process.Executables;

/** The hubs that people would write with Node, of the folder {@code bench/peers}. */
public final class NodePush {

  private NodePush() {}

  /**
   * Returns the hub that uses ws.
   *
   * @param peers the folder with the hubs and their installed packages
   * @param port for this hub alone
   */
  public static Way ws(Path peers, int port) {
    return way("Node: ws", peers, "ws-hub.js", port, "/", PlainProtocol::new);
  }

  public static Way socketIo(Path peers, int port) {
    return way(
        "Node: Socket.IO",
        peers,
        "socketio-hub.js",
        port,
        "/socket.io/?EIO=4&transport=websocket",
        SocketIoProtocol::new);
  }

  private static Way way(
      String name, Path peers, String script, int port, String path, Supplier<Protocol> protocols) {
    if (!Files.isDirectory(peers.resolve("node_modules"))) {
      throw new IllegalArgumentException("the packages of " + peers + " are not installed: npm ci");
    }
    return Way.overWebSockets(
        name,
        port,
        path,
        protocols,
        () ->
            new HubProcess(
                List.of(Executables.require("node").toString(), script, Integer.toString(port)),
                peers));
  }
}
