/** Architectures for rows of a table, one file per family. */
package dev.dl.models.table;
