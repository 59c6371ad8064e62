package dev.ast.protocol;

import dev.ast.domain.ServerOrigin;
import dev.ast.host.ShellText;
import java.util.ArrayList;
import java.util.List;

/**
 * Sets git up by {@code git config --global}: an empty value, which keeps other helpers out that would store the token,
 * and then this program.
 */
final class GitSetup implements Setup {
    @Override
    public String text(SetupPlace place) {
        StringBuilder text = new StringBuilder();
        for (ServerOrigin origin : Setup.origins(place)) {
            String add = "git config --global --add " + key(origin) + " ";
            text.append(add)
                    .append("\"\"\n")
                    .append(add)
                    .append(ShellText.quoted(helper(place))) // a shell would look for what is behind ! in its history
                    .append('\n');
        }
        return text.toString();
    }

    @Override
    public List<String> apply(SetupPlace place) {
        List<String> done = new ArrayList<>();
        for (ServerOrigin origin : Setup.origins(place)) {
            List<String> before = values(place, origin);
            if (before.contains(helper(place))) {
                continue;
            }
            List<String> after = without(before);
            after.add("");
            after.add(helper(place));
            write(place, origin, before, after);
            done.add("git asks ast for " + origin);
        }
        return done;
    }

    @Override
    public List<String> remove(SetupPlace place) {
        List<String> done = new ArrayList<>();
        for (ServerOrigin origin : Setup.origins(place)) {
            List<String> before = values(place, origin);
            List<String> after = without(before);
            if (!after.equals(before)) {
                write(place, origin, before, after);
                done.add("git asks ast for " + origin + " no more");
            }
        }
        return done;
    }

    private static String key(ServerOrigin origin) {
        return "credential." + origin + ".helper";
    }

    private static String helper(SetupPlace place) {
        return "!" + place.call("git");
    }

    private static List<String> values(SetupPlace place, ServerOrigin origin) {
        String out = place.run("git", "config", "--global", "--null", "--get-all", key(origin))
                .out();
        List<String> values = new ArrayList<>(List.of(out.split("\0", -1)));
        values.remove(values.size() - 1);
        return values;
    }

    // Without each of ours and the empty value in front of it.
    private static List<String> without(List<String> values) {
        List<String> rest = new ArrayList<>();
        for (String value : values) {
            if (!value.startsWith("!") || !SetupPlace.isCall(value, "git")) {
                rest.add(value);
            } else if (!rest.isEmpty() && rest.get(rest.size() - 1).isEmpty()) {
                rest.remove(rest.size() - 1);
            }
        }
        return rest;
    }

    private static void write(SetupPlace place, ServerOrigin origin, List<String> before, List<String> after) {
        int same =
                after.size() > before.size() && after.subList(0, before.size()).equals(before) ? before.size() : 0;
        if (same == 0 && !before.isEmpty()) {
            place.must("git", "config", "--global", "--unset-all", key(origin));
        }
        for (String value : after.subList(same, after.size())) {
            place.must("git", "config", "--global", "--add", key(origin), value);
        }
    }
}
