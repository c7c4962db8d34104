/**
 * The models that can be named: {@link dev.dl.models.ModelCatalog} lists all that are shipped, one
 * line each.
 */
package dev.dl.models;
