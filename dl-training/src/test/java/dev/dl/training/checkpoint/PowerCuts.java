package dev.dl.training.checkpoint;

import dev.dl.training.checkpoint.RecordingFileSystem.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a power cut may leave of recorded operations: each change of names that was not made durable
 * is there or not, whatever the others are, and bytes that were not are lost, half there, or there.
 * That is more than any one file system does; what holds here holds on all.
 */
final class PowerCuts {
  /** Up to so many changes in doubt, every choice among them is tried. */
  private static final int ALL_CHOICES = 6;

  private static final int RANDOM_CHOICES = 10;

  private final List<Operation> operations;

  /** What is on the storage: directories by number, and the content of files. */
  private record Disk(
      Map<Integer, Map<String, Integer>> directories, Map<Integer, byte[]> contents) {}

  /** Of bytes in doubt. */
  private enum Bytes {
    LOST,
    HALF,
    THERE
  }

  PowerCuts(List<Operation> operations) {
    this.operations = operations;
  }

  /**
   * All that the first {@code count} operations may leave, each once: the files by path, with null
   * for directories.
   */
  List<Map<Path, byte[]>> after(int count) {
    List<Operation.Name> names = new ArrayList<>();
    List<Integer> inDoubt = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (operations.get(i) instanceof Operation.Name name) {
        if (!isSynced(name.directory(), i, count)) {
          inDoubt.add(names.size());
        }
        names.add(name);
      }
    }
    inDoubt.retainAll(reachable(names, inDoubt));
    Set<String> seen = new HashSet<>();
    List<Map<Path, byte[]>> states = new ArrayList<>();
    for (Bytes bytes : Bytes.values()) {
      Map<Integer, byte[]> contents = contents(count, bytes);
      for (Set<Integer> missing : choices(inDoubt)) {
        Map<Path, byte[]> files = files(new Disk(directories(names, missing), contents));
        if (seen.add(identity(files))) {
          states.add(files);
        }
      }
    }
    return states;
  }

  /** Changes in directories that could still be seen; nobody asks what became of the others. */
  private List<Integer> reachable(List<Operation.Name> names, List<Integer> inDoubt) {
    Set<Integer> linked = new HashSet<>(Set.of(RecordingFileSystem.ROOT));
    for (Set<Integer> missing : List.of(Set.<Integer>of(), Set.copyOf(inDoubt))) {
      directories(names, missing).values().forEach(entries -> linked.addAll(entries.values()));
    }
    inDoubt.forEach(change -> linked.addAll(names.get(change).entries().values()));
    return inDoubt.stream()
        .filter(change -> linked.contains(names.get(change).directory()))
        .toList();
  }

  private boolean isSynced(int number, int from, int to) {
    return operations.subList(from, to).contains(new Operation.Sync(number));
  }

  private static List<Set<Integer>> choices(List<Integer> inDoubt) {
    List<Set<Integer>> choices = new ArrayList<>();
    int count = inDoubt.size();
    if (count <= ALL_CHOICES) {
      for (int bits = 0; bits < 1 << count; bits++) {
        choices.add(chosen(inDoubt, bits));
      }
      return choices;
    }
    for (int i = 0; i < count; i++) {
      choices.add(Set.of(inDoubt.get(i)));
      choices.add(new HashSet<>(inDoubt.subList(i, count)));
      Set<Integer> allButOne = new HashSet<>(inDoubt);
      allButOne.remove(inDoubt.get(i));
      choices.add(allButOne);
    }
    choices.add(Set.of());
    Random random = new Random(count);
    for (int i = 0; i < RANDOM_CHOICES; i++) {
      choices.add(chosen(inDoubt, random.nextInt()));
    }
    return choices;
  }

  private static Set<Integer> chosen(List<Integer> from, int bits) {
    Set<Integer> chosen = new HashSet<>();
    for (int i = 0; i < from.size(); i++) {
      if ((bits >> i & 1) == 1) {
        chosen.add(from.get(i));
      }
    }
    return chosen;
  }

  private static Map<Integer, Map<String, Integer>> directories(
      List<Operation.Name> names, Set<Integer> missing) {
    Map<Integer, Map<String, Integer>> directories = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (!missing.contains(i)) {
        Operation.Name name = names.get(i);
        Map<String, Integer> entries =
            directories.computeIfAbsent(name.directory(), number -> new TreeMap<>());
        name.entries()
            .forEach(
                (entry, number) -> {
                  if (number == null) {
                    entries.remove(entry);
                  } else {
                    entries.put(entry, number);
                  }
                });
      }
    }
    return directories;
  }

  private Map<Integer, byte[]> contents(int count, Bytes bytes) {
    Map<Integer, byte[]> contents = new HashMap<>();
    Map<Integer, byte[]> durable = new HashMap<>();
    for (Operation operation : operations.subList(0, count)) {
      if (operation instanceof Operation.Make make && !make.directory()) {
        contents.put(make.number(), new byte[0]);
        durable.put(make.number(), new byte[0]);
      } else if (operation instanceof Operation.Fill fill) {
        contents.put(fill.file(), fill.content());
      } else if (operation instanceof Operation.Sync sync && contents.containsKey(sync.number())) {
        durable.put(sync.number(), contents.get(sync.number()));
      }
    }
    contents.replaceAll(
        (file, full) -> {
          byte[] kept = durable.get(file);
          int half = kept.length + (full.length - kept.length) / 2;
          return switch (bytes) {
            case LOST -> kept;
            case HALF -> Arrays.copyOf(full, Math.min(full.length, half));
            case THERE -> full;
          };
        });
    return contents;
  }

  private static Map<Path, byte[]> files(Disk disk) {
    Map<Path, byte[]> files = new TreeMap<>();
    add(disk, RecordingFileSystem.ROOT, Path.of(""), files);
    return files;
  }

  private static void add(Disk disk, int directory, Path place, Map<Path, byte[]> files) {
    disk.directories
        .getOrDefault(directory, Map.of())
        .forEach(
            (name, number) -> {
              Path path = place.resolve(name);
              byte[] content = disk.contents.get(number);
              files.put(path, content);
              if (content == null) {
                add(disk, number, path, files);
              }
            });
  }

  private static String identity(Map<Path, byte[]> files) {
    StringBuilder identity = new StringBuilder();
    files.forEach(
        (path, content) ->
            identity.append(path).append(' ').append(Arrays.hashCode(content)).append('\n'));
    return identity.toString();
  }

  /** Makes such files in an empty directory. */
  static void write(Map<Path, byte[]> files, Path root) throws IOException {
    for (Map.Entry<Path, byte[]> file : files.entrySet()) {
      Path path = root.resolve(file.getKey().toString());
      if (file.getValue() == null) {
        Files.createDirectory(path);
      } else {
        Files.write(path, file.getValue());
      }
    }
  }
}
