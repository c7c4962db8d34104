package dev.dl.core.tensorfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The structure of an HDF5 file (https://docs.hdfgroup.org/hdf5/v1_14/_f_m_t3.html), as far as h5py
 * writes it by default and Keras with it: groups by symbol tables or compact links, object headers
 * of version 1, contiguous datasets. Whatever else there is is refused by name. Each step from one
 * place to another is counted, so that no circle of them has no end.
 */
final class Hdf5File {
  static final long UNDEFINED = -1;

  private static final int MOST_STEPS = 1_000_000;
  private static final int MOST_BYTES = 1 << 28;
  private static final int LONGEST_NAME = 4_096;
  private static final int LONGEST_TEXT = 1 << 24;
  private static final int SUPERBLOCK_BYTES = 96;
  private static final int ROOT_HEADER = 64;

  private final FileBytes file;
  private int steps;
  private long bytes;

  Hdf5File(FileBytes file) {
    this.file = file;
  }

  FileBytes bytes() {
    return file;
  }

  /** The root group. */
  Hdf5Object root() throws IOException {
    ByteBuffer superblock = read(0, SUPERBLOCK_BYTES);
    require(superblock.get(8) == 0, "a superblock of version " + superblock.get(8));
    require(superblock.get(13) == 8 && superblock.get(14) == 8, "addresses not of 8 bytes");
    require(superblock.getLong(24) == 0, "a block of something before");
    long end = superblock.getLong(40);
    require(end == file.size(), file.size() + " bytes where " + end + " were written");
    return Hdf5Object.read(this, superblock.getLong(ROOT_HEADER));
  }

  /** Bytes of the structure, little endian. */
  ByteBuffer read(long position, int count) throws IOException {
    steps++;
    bytes += count;
    require(steps <= MOST_STEPS && bytes <= MOST_BYTES, "a structure that does not end");
    return file.read(position, count);
  }

  /** The text at a position, up to its zero. */
  String name(long position) throws IOException {
    int length = 0;
    while (file.byteAt(position + length) != 0) {
      length++;
      require(length <= LONGEST_NAME, "a name of more than " + LONGEST_NAME + " bytes");
    }
    return new String(read(position, length).array(), StandardCharsets.UTF_8);
  }

  /** A text of any length, kept in a global heap: length, address of the heap, number in it. */
  String text(ByteBuffer reference) throws IOException {
    int length = reference.getInt();
    long heap = reference.getLong();
    int number = reference.getInt();
    if (length == 0) {
      return "";
    }
    ByteBuffer header = read(heap, 16);
    requireSignature(header, "GCOL");
    long size = header.getLong(8);
    long position = heap + 16;
    while (position - heap <= size - 16) {
      ByteBuffer object = read(position, 16);
      long bytes = object.getLong(8);
      require(bytes >= 0 && bytes <= file.size(), "a text of " + bytes + " bytes");
      if (object.getShort(0) == number && number != 0) {
        require(length > 0 && length <= bytes && length <= LONGEST_TEXT, "a text that is too long");
        return new String(read(position + 16, length).array(), StandardCharsets.UTF_8);
      }
      position += 16 + (bytes + 7) / 8 * 8;
    }
    throw problem("a text that is nowhere", "it in its heap");
  }

  void requireSignature(ByteBuffer bytes, String signature) throws TensorFileException {
    byte[] start = new byte[4];
    bytes.get(0, start);
    String found = new String(start, StandardCharsets.ISO_8859_1);
    require(found.equals(signature), "'" + found + "' instead of '" + signature + "'");
  }

  void require(boolean right, String found) throws TensorFileException {
    if (!right) {
      throw problem(found, "HDF5 as Keras writes it");
    }
  }

  TensorFileException problem(String found, String expected) {
    return file.problem(found, expected);
  }
}
