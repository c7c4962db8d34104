/**
 * What a network is: {@link dev.dl.models.Architecture architectures} define {@link
 * dev.dl.models.Graph graphs} of layers as plain data, and {@link dev.dl.models.ModelCatalog} lists
 * those that are shipped. Running a graph is the business of {@code network}; nothing here needs
 * ND4J.
 */
package dev.dl.models;
