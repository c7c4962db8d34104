package dev.dl.core.tensorfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A group or dataset of an HDF5 file: the messages of its header. */
final class Hdf5Object {
  static final int DATA_SPACE = 0x01;
  static final int LINK_INFO = 0x02;
  static final int DATA_TYPE = 0x03;
  static final int LINK = 0x06;
  static final int EXTERNAL_FILES = 0x07;
  static final int LAYOUT = 0x08;
  static final int FILTERS = 0x0b;
  static final int SYMBOL_TABLE = 0x11;
  private static final int ATTRIBUTE = 0x0c;
  private static final int CONTINUATION = 0x10;

  private static final int HEADER_BYTES = 16;
  private static final int SHARED = 2;

  /** One message: its kind, and where its content lies. */
  record Message(int kind, long start, int length) {}

  private record Block(long start, long length) {}

  private final Hdf5File file;
  private final List<Message> messages = new ArrayList<>();

  private Hdf5Object(Hdf5File file) {
    this.file = file;
  }

  /** The object whose header is at an address. */
  static Hdf5Object read(Hdf5File file, long address) throws IOException {
    ByteBuffer header = file.read(address, HEADER_BYTES);
    file.require(header.get(0) == 1, "an object header of version " + header.get(0));
    Hdf5Object object = new Hdf5Object(file);
    Deque<Block> blocks = new ArrayDeque<>();
    blocks.add(new Block(address + HEADER_BYTES, header.getInt(8) & 0xffffffffL));
    while (!blocks.isEmpty()) {
      object.readBlock(blocks.remove(), blocks);
    }
    return object;
  }

  private void readBlock(Block block, Deque<Block> blocks) throws IOException {
    long position = block.start;
    file.require(block.length >= 0, "a header of a negative size");
    long left = block.length;
    while (left >= 8) {
      ByteBuffer prefix = file.read(position, 8);
      int kind = prefix.getShort(0) & 0xffff;
      int length = prefix.getShort(2) & 0xffff;
      file.require(length <= left - 8, "a message beyond its header");
      if (kind == CONTINUATION) {
        ByteBuffer next = file.read(position + 8, HEADER_BYTES);
        blocks.add(new Block(next.getLong(0), next.getLong(8)));
      } else if (kind != 0) {
        file.require((prefix.get(4) & SHARED) == 0, "a message that objects share");
        messages.add(new Message(kind, position + 8, length));
      }
      position += 8 + length;
      left -= 8 + length;
    }
  }

  /** The messages of a kind. */
  List<Message> messages(int kind) {
    return messages.stream().filter(message -> message.kind == kind).toList();
  }

  /** The content of the only message of a kind. */
  Optional<ByteBuffer> content(int kind) throws IOException {
    List<Message> found = messages(kind);
    file.require(found.size() <= 1, "several messages of the kind " + kind);
    return found.isEmpty() ? Optional.empty() : Optional.of(content(found.get(0)));
  }

  ByteBuffer content(Message message) throws IOException {
    return file.read(message.start, message.length);
  }

  /** The texts of an attribute, in their order; empty if there is no such attribute. */
  Optional<List<String>> texts(String name) throws IOException {
    for (Message message : messages(ATTRIBUTE)) {
      ByteBuffer content = content(message);
      int version = content.get();
      file.require(version >= 1 && version <= 3, "an attribute of version " + version);
      boolean shared = content.get() != 0 && version > 1;
      int nameBytes = content.getShort() & 0xffff;
      int typeBytes = content.getShort() & 0xffff;
      int spaceBytes = content.getShort() & 0xffff;
      if (version == 3) {
        content.get(); // how the name is encoded: ASCII or UTF-8
      }
      byte[] found = part(content, nameBytes, version).array();
      if (new String(found, StandardCharsets.UTF_8).equals(name + "\0")) {
        file.require(!shared, "an attribute whose type objects share");
        ByteBuffer type = part(content, typeBytes, version);
        List<Long> shape = Hdf5Data.shape(file, part(content, spaceBytes, version));
        return Optional.of(Hdf5Data.texts(file, type, shape, content));
      }
    }
    return Optional.empty();
  }

  private static ByteBuffer part(ByteBuffer content, int length, int version) {
    byte[] part = new byte[Math.min(length, content.remaining())];
    content.get(part);
    if (version == 1) {
      content.position(content.position() + (8 - length % 8) % 8);
    }
    return ByteBuffer.wrap(part).order(content.order());
  }
}
