package io.voronka.connectors.crm.kommo.webhook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The vendor does not compress its bodies; what stands between it and us may. */
public final class CompressedBody {
  private CompressedBody() {}

  /** The body does not inflate, or to more than is taken. */
  public static final class InflationException extends Exception {
    private static final long serialVersionUID = 1L;

    private InflationException(String message, IOException cause) {
      super(message, cause);
    }
  }

  /**
   * The body as it was before; the same one when it is not compressed, whatever the header says.
   *
   * @param encoding value of the header {@code Content-Encoding}, null when there was none
   * @param mostBytes no more are inflated, however small the body is
   */
  public static byte[] inflated(byte[] body, String encoding, int mostBytes)
      throws InflationException {
    if (encoding == null || !isGzip(encoding.strip()) || !looksLikeGzip(body)) {
      return body;
    }
    byte[] inflated;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      inflated = in.readNBytes(mostBytes + 1);
    } catch (IOException e) {
      throw new InflationException("does not inflate: " + e.getMessage(), e);
    }
    if (inflated.length > mostBytes) {
      throw new InflationException("inflates to more than " + mostBytes + " bytes", null);
    }
    return inflated;
  }

  private static boolean isGzip(String encoding) {
    return encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip");
  }

  private static boolean looksLikeGzip(byte[] body) {
    return body.length > 2 && body[0] == (byte) 0x1f && body[1] == (byte) 0x8b;
  }
}
