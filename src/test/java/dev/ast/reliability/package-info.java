/** What shows, by numbers, that nothing is lost: kills at random moments, crowds and races, and the table of cases. */
@org.jspecify.annotations.NullMarked
package dev.ast.reliability;
