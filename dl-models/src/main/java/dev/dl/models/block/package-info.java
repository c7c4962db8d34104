/** Groups of layers that several architectures repeat, each a function from node to node. */
package dev.dl.models.block;
