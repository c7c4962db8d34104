/**
 * What adapting a model that has learnt something already needs to know of its graph and to change
 * in it: which names a pattern means, which blocks follow one another from the input to the output,
 * where its frozen part ends, and adapters beside its layers. How they are trained is not decided
 * here.
 */
package dev.dl.models.adaptation;
