package dev.dl.core.textfile;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;

/** Decodes bytes, and says in which line the first one is that cannot be. */
final class DecodingReader extends Reader {
  private static final int BUFFER_SIZE = 1 << 16;

  private final Path file;
  private final InputStream input;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_SIZE).flip();
  private final CharBuffer characters = CharBuffer.allocate(BUFFER_SIZE).flip();
  private long line = 1;
  private boolean afterCarriageReturn;
  private boolean ended;

  DecodingReader(Path file, InputStream input, Charset charset) {
    this.file = file;
    this.input = input;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    while (!characters.hasRemaining()) {
      if (!decode()) {
        return -1;
      }
    }
    int count = Math.min(length, characters.remaining());
    characters.get(target, offset, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  /** Whether there may be more. */
  private boolean decode() throws IOException {
    characters.clear();
    CoderResult result = decoder.decode(bytes, characters, ended);
    characters.flip();
    if (characters.hasRemaining()) {
      check();
      return true;
    }
    if (result.isError()) {
      int found = Byte.toUnsignedInt(bytes.get(bytes.position()));
      throw new TextFileException(
          String.format(
              Locale.ROOT,
              "%s:%d: found the byte 0x%02X, expected %s; iconv converts files of other encodings",
              file,
              line,
              found,
              decoder.charset().name()));
    }
    if (ended) {
      return false;
    }
    fill();
    return true;
  }

  private void fill() throws IOException {
    bytes.compact();
    try {
      int count = input.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = count < 0;
      bytes.position(bytes.position() + Math.max(0, count));
    } catch (EOFException | ZipException e) {
      throw new TextFileException(
          file + ":" + line + ": found damaged or cut gzip data, expected the rest of the file");
    }
    bytes.flip();
  }

  private void check() throws TextFileException {
    char[] array = characters.array();
    for (int i = 0; i < characters.limit(); i++) {
      char c = array[i];
      if (c == '\r' || c == '\n' && !afterCarriageReturn) {
        line++;
      } else if (c == 0) {
        throw new TextFileException(
            file + ":" + line + ": found a NUL character, expected text; UTF-16 needs its mark");
      }
      afterCarriageReturn = c == '\r';
    }
  }
}
