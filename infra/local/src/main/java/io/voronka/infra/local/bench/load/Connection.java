package io.voronka.infra.local.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One keep-alive connection with at most one request under way. */
final class Connection implements AutoCloseable {
  private static final int READ_BYTES = 4096;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final HookRequest hook;
  private final ByteBuffer request;
  private final ByteBuffer arrived = ByteBuffer.allocateDirect(READ_BYTES);
  private final Answer answer = new Answer();
  private long sinceNanos;

  private Connection(SocketChannel channel, SelectionKey key, HookRequest hook) {
    this.channel = channel;
    this.key = key;
    this.hook = hook;
    this.request = ByteBuffer.allocateDirect(hook.size());
  }

  static Connection open(InetSocketAddress server, Selector selector, HookRequest hook)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(server);
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      Connection connection = new Connection(channel, key, hook);
      key.attach(connection);
      return connection;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Sends the webhook with this number.
   *
   * @param since what its latency counts from, on the clock of {@link System#nanoTime}
   */
  void send(long number, long since) throws IOException {
    sinceNanos = since;
    hook.write(number, request);
    answer.clear();
    flush();
  }

  long sinceNanos() {
    return sinceNanos;
  }

  /** Goes on with a request that did not fit into the socket at once. */
  void flush() throws IOException {
    channel.write(request);
    key.interestOps(
        request.hasRemaining()
            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
            : SelectionKey.OP_READ);
  }

  /**
   * Reads what has arrived.
   *
   * @return status code of the answer when it is complete, 0 before
   * @throws IOException when the server closed the connection or does not speak HTTP
   */
  int receive() throws IOException {
    arrived.clear();
    if (channel.read(arrived) < 0) {
      throw new EOFException("the server closed a connection");
    }
    return answer.take(arrived.flip()) ? answer.status() : 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
