package dev.dl.core.data.rows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * How pages of Parquet are decompressed without Hadoop: gzip by the JDK, the others by the
 * libraries that Parquet brings. No page may claim to be larger than 256 MiB.
 */
final class ParquetCodecs implements CompressionCodecFactory {
  /** The codecs that can be read. */
  static final Set<CompressionCodecName> READABLE =
      Collections.unmodifiableSet(
          EnumSet.of(
              CompressionCodecName.UNCOMPRESSED,
              CompressionCodecName.SNAPPY,
              CompressionCodecName.GZIP,
              CompressionCodecName.ZSTD,
              CompressionCodecName.LZ4_RAW));

  private static final int LARGEST_PAGE_BYTES = 1 << 28;
  private static final int BUFFER_BYTES = 1 << 16;

  private final CompressionCodecFactory others =
      new CodecFactory(new PlainParquetConfiguration(), BUFFER_BYTES);

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    throw new IllegalStateException("files are only read");
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    if (!READABLE.contains(name)) {
      throw new IllegalArgumentException("compressed by " + name);
    }
    return new Limited(
        name == CompressionCodecName.GZIP ? new Gzip() : others.getDecompressor(name));
  }

  @Override
  public void release() {
    others.release();
  }

  private record Limited(BytesInputDecompressor decompressor) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      check(size);
      return decompressor.decompress(bytes, size);
    }

    @Override
    public void decompress(ByteBuffer input, int inputSize, ByteBuffer output, int size)
        throws IOException {
      check(size);
      decompressor.decompress(input, inputSize, output, size);
    }

    @Override
    public void release() {
      decompressor.release();
    }

    private static void check(int size) {
      if (size < 0 || size > LARGEST_PAGE_BYTES) {
        throw new IllegalArgumentException("a page of " + size + " bytes");
      }
    }
  }

  private static final class Gzip implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return BytesInput.from(decompress(bytes.toByteArray(), size));
    }

    @Override
    public void decompress(ByteBuffer input, int inputSize, ByteBuffer output, int size)
        throws IOException {
      byte[] bytes = new byte[inputSize];
      input.get(bytes);
      output.put(decompress(bytes, size));
    }

    @Override
    public void release() {}

    private static byte[] decompress(byte[] bytes, int size) throws IOException {
      try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        byte[] page = content.readNBytes(size);
        if (page.length < size) {
          throw new IllegalArgumentException("a page that ends early");
        }
        return page;
      }
    }
  }
}
