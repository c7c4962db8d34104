/**
 * What a model is to tell of a row, whether of texts or of a table: classes, labels, a number or
 * how unlike the others it is, and how they become numbers and numbers become them again. {@link
 * dev.dl.core.data.target.Target} is what the user chose, {@link
 * dev.dl.core.data.target.TargetEncoding} what was learnt of it from the training rows.
 */
package dev.dl.core.data.target;
