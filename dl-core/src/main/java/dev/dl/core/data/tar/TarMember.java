package dev.dl.core.data.tar;

/**
 * One member of an archive.
 *
 * @param name as the archive has it; never used as a path
 * @param kind what it is
 * @param offset of its content in the archive, in bytes
 * @param size of its content, in bytes
 */
public record TarMember(String name, Kind kind, long offset, long size) {

  /** What a member can be. */
  public enum Kind {
    FILE("a file"),
    FOLDER("a folder"),
    LINK("a link"),
    DEVICE("a device or pipe"),
    OTHER("of an unusual kind");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    /** In a few words. */
    public String description() {
      return description;
    }
  }
}
