/**
 * Tables: what kind of column each is, what is learnt of the training rows, and how any row becomes
 * numbers and codes of categories. Reading files of rows is in {@code data.rows}, what a model is
 * to tell in {@code data.target}.
 */
package dev.dl.core.data.table;
