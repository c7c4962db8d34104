/**
 * What adapting a model that has learnt something already needs to know of its graph: which names a
 * pattern means, and which blocks follow one another from the input to the output. How they are
 * trained is not decided here.
 */
package dev.dl.models.adaptation;
