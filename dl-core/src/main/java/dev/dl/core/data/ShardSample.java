package dev.dl.core.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.data.image.ImageFiles;
import dev.dl.core.data.tar.TarMember;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The members of a shard that share a key, gathered one by one: a picture and what it shows. */
final class ShardSample {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String key;
  private final TargetSpec target;
  private final Map<String, String> cells = new HashMap<>();
  private TarMember picture;
  private boolean labelled;
  private String problem;

  ShardSample(String key, TargetSpec target) {
    this.key = key;
    this.target = target;
  }

  /** What samples are told apart by: the name up to the first point of its last part. */
  static String key(String name) {
    int point = name.indexOf('.', name.lastIndexOf('/') + 1);
    return point < 0 ? name : name.substring(0, point);
  }

  /** What follows the key and a point, in the case that it has; nothing if there is no key. */
  static String ending(String name) {
    String key = key(name);
    return key.length() == name.length() || key.endsWith("/") || key.isEmpty()
        ? ""
        : name.substring(key.length() + 1);
  }

  /** Whether a member of this ending says what the picture shows. */
  static boolean isLabel(String ending) {
    return ending.equals("cls") || ending.equals("json");
  }

  /** Whether a member of this ending is the picture; {@code mask.png} is something else. */
  static boolean isPicture(String ending) {
    return ending.indexOf('.') < 0 && ImageFiles.isPicture("." + ending);
  }

  String key() {
    return key;
  }

  TarMember picture() {
    return picture;
  }

  /** The cells of these columns, {@code null} where the shard has none. */
  List<String> cells(List<String> columns) {
    List<String> found = new ArrayList<>();
    columns.forEach(column -> found.add(cells.get(column)));
    return found;
  }

  /** Why it cannot be used, or {@code null}. */
  String problem() {
    if (problem != null) {
      return problem;
    }
    if (picture == null) {
      return "no picture (" + ImageFiles.endings() + ")";
    }
    return labelled ? null : "no " + key + ".cls or " + key + ".json";
  }

  void addPicture(TarMember member) {
    if (picture != null) {
      problem = "two pictures, " + picture.name() + " and " + member.name();
    }
    picture = member;
  }

  /** Takes a class, or an object with the target's columns. */
  void addLabel(String ending, byte[] content) {
    labelled = true;
    String text = new String(content, StandardCharsets.UTF_8);
    if (ending.equals("cls")) {
      cells.put(target.column(), text.strip());
    } else {
      addObject(text);
    }
  }

  private void addObject(String text) {
    try {
      JsonNode object = JSON.readTree(text);
      if (!object.isObject()) {
        problem = "JSON that is no object";
        return;
      }
      for (String column : target.target().columns()) {
        JsonNode value = object.get(column);
        if (value != null && !value.isNull()) {
          cells.put(column, text(value));
        }
      }
    } catch (JsonProcessingException e) {
      problem = "damaged JSON (" + e.getOriginalMessage() + ")";
    }
  }

  private String text(JsonNode value) {
    if (!value.isArray()) {
      return value.isValueNode() ? value.asText() : value.toString();
    }
    List<String> parts = new ArrayList<>();
    value.forEach(part -> parts.add(part.asText()));
    return String.join(target.separator(), parts);
  }
}
