package dev.ast.shell.completion;

import java.util.List;

/** What was used before. It answers from memory. */
public interface UsedNames {
    /** Nothing was. */
    UsedNames NONE = new UsedNames() {
        @Override
        public double rank(Usage.Kind kind, String name) {
            return 0;
        }

        @Override
        public List<String> names(Usage.Kind kind) {
            return List.of();
        }
    };

    /** How recently and often a name was used; 0 for one that never was. */
    double rank(Usage.Kind kind, String name);

    /** The names of a kind that were used, in no order. */
    List<String> names(Usage.Kind kind);
}
