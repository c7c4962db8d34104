/**
 * Datasets and what is done with them before a network sees them: sources, splits, normalisation,
 * augmentation, batches and their prefetching, fingerprints and checks.
 *
 * <p>A source is one file that implements {@link dev.dl.core.data.DataSource} and one line in
 * {@link dev.dl.core.data.DatasetCatalog}; a dataset with a name is one line of {@link
 * dev.dl.core.data.BuiltInDatasets} or {@link dev.dl.core.data.PublicDatasets}, and of a new form
 * one file that implements {@link dev.dl.core.data.DatasetFiles}. Reading picture files is in
 * {@code data.image}; no tensor library is used here, and no class here knows what a model is.
 */
package dev.dl.core.data;
