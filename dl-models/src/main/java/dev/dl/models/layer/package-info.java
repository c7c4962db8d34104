/**
 * The layers: each is a record that says what it computes, with its shapes and parameters, and an
 * operation that runs it on the kernels. Nothing here knows Deeplearning4j or a whole network.
 */
package dev.dl.models.layer;
