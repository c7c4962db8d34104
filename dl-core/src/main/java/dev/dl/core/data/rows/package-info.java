/**
 * Files of rows, read one row at a time: CSV, TSV, JSON lines and Parquet. What a cell means is not
 * known here; text and tables are in packages of their own.
 */
package dev.dl.core.data.rows;
