package dev.ast.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the cases of {@code docs/reliability.md} that a test carries out, for example {@code @Case("H05")}. A test of a
 * fault that has no id yet gets the next free one of its letter.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Case {
    /** The ids, a letter and two digits each. */
    String[] value();
}
