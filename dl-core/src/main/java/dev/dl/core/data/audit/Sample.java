package dev.dl.core.data.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.dl.core.data.image.Image;

/**
 * A sample that a finding names.
 *
 * @param split that it is in
 * @param name where it comes from: a file, a file and a line, or a position
 * @param label as the data writes it; {@code null} if it has none
 * @param text how it begins, if it is a text that is shown; else {@code null}
 * @param picture a small one of it, if it is a picture that is shown; else {@code null}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sample(
    String split, String name, String label, String text, @JsonIgnore Image picture) {}
