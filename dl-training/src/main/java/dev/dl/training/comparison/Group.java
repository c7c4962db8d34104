package dev.dl.training.comparison;

import dev.dl.core.run.Provenance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs that differ in their seed only, under a name.
 *
 * @param settings in which the groups differ, with what they are here
 * @param runs by seed
 */
record Group(String name, Map<String, String> settings, List<ComparedRun> runs) {
  private static final String NONE = "none";
  private static final int LONGEST_VALUE = 30;

  /**
   * What runs of one group have in common.
   *
   * @param origin the data and whatever else training began with, by their hashes
   */
  private record Key(Settings settings, List<Optional<String>> origin) {

    static Key of(ComparedRun run) {
      Optional<Provenance> provenance = Optional.ofNullable(run.provenance());
      return new Key(
          Settings.of(run.spec()).deciding(),
          List.of(
              run.fingerprint(),
              provenance.map(Provenance::pretrained).map(Provenance.Pretrained::sha256),
              provenance.map(Provenance::teacher).map(Provenance.Teacher::weightsSha256),
              provenance.map(Provenance::plugin).map(Provenance.Plugin::sha256)));
    }
  }

  /** The groups of the runs, in the order in which they first come. */
  static List<Group> of(List<ComparedRun> runs) {
    Map<Key, List<ComparedRun>> byKey =
        runs.stream()
            .collect(Collectors.groupingBy(Key::of, LinkedHashMap::new, Collectors.toList()));
    List<Key> keys = List.copyOf(byKey.keySet());
    Set<String> differing = differing(keys);
    List<String> names = names(byKey, differing);
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Map<String, String> settings = new LinkedHashMap<>();
      for (String setting : differing) {
        settings.put(setting, value(keys.get(i), setting));
      }
      List<ComparedRun> bySeed = new ArrayList<>(byKey.get(keys.get(i)));
      bySeed.sort(Comparator.comparing(ComparedRun::seed));
      groups.add(new Group(names.get(i), settings, bySeed));
    }
    return groups;
  }

  private static Set<String> differing(List<Key> keys) {
    Set<String> settings = new LinkedHashSet<>();
    keys.forEach(key -> settings.addAll(key.settings.all().keySet()));
    settings.removeIf(
        setting -> keys.stream().map(key -> value(key, setting)).distinct().count() < 2);
    return settings;
  }

  private static String value(Key key, String setting) {
    return key.settings.all().getOrDefault(setting, NONE);
  }

  /**
   * What the specs are called, if that tells the groups apart; else the model's name, with as much
   * of what differs as it takes.
   */
  private static List<String> names(Map<Key, List<ComparedRun>> byKey, Set<String> differing) {
    List<List<String>> called =
        byKey.values().stream()
            .map(runs -> runs.stream().map(run -> run.spec().name()).distinct().toList())
            .toList();
    if (called.stream().allMatch(names -> names.size() == 1)
        && called.stream().distinct().count() == called.size()) {
      return called.stream().map(names -> names.get(0)).toList();
    }
    List<String> names = byKey.values().stream().map(runs -> title(runs.get(0))).toList();
    for (String setting : differing) {
      names = told(names, List.copyOf(byKey.keySet()), setting);
    }
    return numbered(names);
  }

  /** The names, those of groups that the setting tells from their namesakes with its value. */
  private static List<String> told(List<String> names, List<Key> keys, String setting) {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      long values =
          IntStream.range(0, names.size())
              .filter(other -> names.get(other).equals(name))
              .mapToObj(other -> value(keys.get(other), setting))
              .distinct()
              .count();
      told.add(values < 2 ? name : name + " " + shown(setting, value(keys.get(i), setting)));
    }
    return told;
  }

  private static String title(ComparedRun run) {
    return run.spec().model().title();
  }

  private static String shown(String setting, String value) {
    String cut = value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    return setting.substring(setting.lastIndexOf('.') + 1) + "=" + cut;
  }

  /** Where no setting tells groups apart, as with other data, a number does. */
  private static List<String> numbered(List<String> names) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    return names.stream()
        .map(
            name -> {
              int number = seen.merge(name, 1, Integer::sum);
              return number == 1 ? name : name + " #" + number;
            })
        .toList();
  }
}
