package dev.dl.core.tensorfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What a group of an HDF5 file holds by name. Links that are not plain are refused. */
final class Hdf5Group {
  private static final int HARD = 0;
  private static final int SOFT = 1;
  private static final int EXTERNAL = 64;
  private static final int ENTRY_BYTES = 40;
  private static final int SOFT_ENTRY = 2;
  private static final int NODE_BYTES = 24;

  private final Hdf5File file;
  private final Map<String, Long> headers = new HashMap<>();

  private Hdf5Group(Hdf5File file) {
    this.file = file;
  }

  /** The group that an object is. */
  static Hdf5Group of(Hdf5File file, Hdf5Object object) throws IOException {
    Hdf5Group group = new Hdf5Group(file);
    ByteBuffer table = object.content(Hdf5Object.SYMBOL_TABLE).orElse(null);
    if (table != null) {
      ByteBuffer heap = file.read(table.getLong(8), 32);
      file.requireSignature(heap, "HEAP");
      group.tree(table.getLong(0), heap.getLong(24), -1);
    }
    ByteBuffer info = object.content(Hdf5Object.LINK_INFO).orElse(null);
    if (info != null) {
      int heap = (info.get(1) & 1) == 0 ? 2 : 10; // after the greatest order, where it is tracked
      file.require(info.getLong(heap) == Hdf5File.UNDEFINED, "a group with very many links");
    }
    for (Hdf5Object.Message link : object.messages(Hdf5Object.LINK)) {
      group.link(object.content(link));
    }
    return group;
  }

  /** Whether there is something of this name. */
  boolean has(String name) {
    return headers.containsKey(name);
  }

  /** What has this name. */
  Hdf5Object get(String name) throws IOException {
    Long header = headers.get(name);
    file.require(header != null, "nothing where '" + name + "' is announced");
    return Hdf5Object.read(file, header);
  }

  /** What a path leads to, from this group on. */
  Hdf5Object path(String path) throws IOException {
    Hdf5Group group = this;
    int start = 0;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', start)) {
      group = of(file, group.get(path.substring(start, slash)));
      start = slash + 1;
    }
    return group.get(path.substring(start));
  }

  /** Reads a node of the tree, each level of which is one below that of its parent. */
  private void tree(long address, long names, int expectedLevel) throws IOException {
    ByteBuffer node = file.read(address, NODE_BYTES);
    file.requireSignature(node, "TREE");
    int level = node.get(5);
    int used = node.getShort(6) & 0xffff;
    file.require(node.get(4) == 0 && level >= 0, "a tree that is none of groups");
    file.require(expectedLevel < 0 || level == expectedLevel, "a tree of uneven levels");
    ByteBuffer children = file.read(address + NODE_BYTES, 16 * used);
    for (int i = 0; i < used; i++) {
      long child = children.getLong(16 * i + 8);
      if (level > 0) {
        tree(child, names, level - 1);
      } else {
        entries(child, names);
      }
    }
  }

  private void entries(long address, long names) throws IOException {
    ByteBuffer node = file.read(address, 8);
    file.requireSignature(node, "SNOD");
    int count = node.getShort(6) & 0xffff;
    for (int i = 0; i < count; i++) {
      ByteBuffer entry = file.read(address + 8 + (long) ENTRY_BYTES * i, ENTRY_BYTES);
      String name = file.name(names + entry.getLong(0));
      file.require(entry.getInt(16) != SOFT_ENTRY, "the soft link '" + name + "'");
      put(name, entry.getLong(8));
    }
  }

  private void link(ByteBuffer link) throws IOException {
    file.require(link.get() == 1, "a link of another version");
    int flags = link.get();
    int kind = (flags & 8) == 0 ? HARD : link.get();
    link.position(link.position() + ((flags & 4) == 0 ? 0 : 8) + ((flags & 16) == 0 ? 0 : 1));
    long length =
        switch (flags & 3) {
          case 0 -> link.get() & 0xff;
          case 1 -> link.getShort() & 0xffff;
          default -> link.getInt();
        };
    file.require(length >= 0 && length <= link.remaining(), "a name of " + length + " bytes");
    byte[] name = new byte[(int) length];
    link.get(name);
    String text = new String(name, StandardCharsets.UTF_8);
    file.require(kind != SOFT, "the soft link '" + text + "'");
    file.require(kind != EXTERNAL, "the link '" + text + "' to another file");
    file.require(kind == HARD, "the link '" + text + "' of an unknown kind");
    put(text, link.getLong());
  }

  private void put(String name, long header) throws TensorFileException {
    file.require(headers.put(name, header) == null, "'" + name + "' twice in one group");
  }
}
