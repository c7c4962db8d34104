package dev.dl.core.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** IDX files under MNIST's names, see {@link IdxFolder}, with names for their classes. */
record IdxFiles(List<String> classNames) implements DatasetFiles {

  IdxFiles {
    classNames = List.copyOf(classNames);
  }

  @Override
  public boolean areIn(Path folder) {
    return IdxFolder.holdsImages(folder);
  }

  @Override
  public SourceData open(Path folder, DataSpec spec, Path base) throws IOException {
    return IdxFolder.open(folder, spec, classNames);
  }
}
