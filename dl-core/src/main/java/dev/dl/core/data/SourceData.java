package dev.dl.core.data;

import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.util.Optional;

/** What a source holds, before anything is held out or fitted: one implementation a modality. */
interface SourceData {

  /**
   * Holds out the validation split, fits what is to be fitted on the training split, and gives the
   * splits as batches see them.
   *
   * @param fitted what a run has fitted already, which is then used instead
   * @throws dev.dl.core.config.ConfigException if the spec does not fit the data
   */
  DataSplits prepare(DataSpec spec, Optional<Preprocessing> fitted);

  /**
   * Looks for what is wrong with the data, the validation split held out as for training.
   *
   * @throws DataException if it cannot even be looked through
   * @throws dev.dl.core.config.ConfigException if the spec does not fit the data
   */
  Audit audit(DataSpec spec) throws IOException;
}
