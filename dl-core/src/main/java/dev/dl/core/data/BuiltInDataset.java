package dev.dl.core.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;

/** A dataset that is a part of dl; its files lie beside this class, in a folder of its name. */
record BuiltInDataset(DatasetInfo info, DatasetFiles files) implements DataSource {

  @Override
  public SourceData open(DataSpec spec, Path base, Path downloads) throws IOException {
    return files.open(folder(), spec, base);
  }

  /** The folder, which may lie in a jar; found by its licence, as a jar need not list folders. */
  private Path folder() throws IOException {
    String licence = info.name() + "/LICENSE";
    URL found = BuiltInDataset.class.getResource(licence);
    if (found == null) {
      throw new FileNotFoundException(licence + " is not in this build of dl");
    }
    try {
      URI address = found.toURI();
      if (address.getScheme().equals("jar")) {
        mount(address);
      }
      return Path.of(address).getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("an address that is none: " + found, e);
    }
  }

  /** Once for all datasets, until the process ends. */
  private static void mount(URI jar) throws IOException {
    try {
      FileSystems.newFileSystem(jar, Map.of());
    } catch (FileSystemAlreadyExistsException e) {
      // which is all that is wanted
    }
  }
}
