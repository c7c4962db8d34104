/**
 * Picture files and pictures in memory: finding, reading and resizing them. Labels, splits and
 * everything else that makes a dataset of pictures are in {@code data}, which uses this package;
 * nothing here uses that one.
 */
package dev.dl.core.data.image;
