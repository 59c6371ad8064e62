package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.host.ShellText;
import java.util.ArrayList;
import java.util.List;

/** Sets go up by {@code go env -w}: this program becomes the last command in GOAUTH ({@code go help goauth}). */
final class GoSetup implements Setup {
    private static final String VARIABLE = "GOAUTH";

    /** What go does without a setting. */
    private static final String USUAL = "netrc";

    @Override
    public String text(SetupPlace place) {
        return "go env -w " + ShellText.quoted(VARIABLE + "=" + USUAL + "; " + place.call("go")) + "\n";
    }

    @Override
    public List<String> apply(SetupPlace place) {
        List<String> before = commands(place);
        List<String> after = without(before);
        after.add(place.call("go"));
        return after.equals(before) ? List.of() : written(place, after, "go asks ast, by " + VARIABLE);
    }

    @Override
    public List<String> remove(SetupPlace place) {
        List<String> before = commands(place);
        List<String> after = without(before);
        return after.equals(before) ? List.of() : written(place, after, "go asks ast no more, by " + VARIABLE);
    }

    private static List<String> written(SetupPlace place, List<String> commands, String done) {
        if (commands.equals(List.of(USUAL))) {
            place.must("go", "env", "-u", VARIABLE);
        } else {
            place.must("go", "env", "-w", VARIABLE + "=" + String.join("; ", commands));
        }
        return List.of(done);
    }

    private static List<String> commands(SetupPlace place) {
        if (place.environment().get(VARIABLE).isPresent()) {
            throw Failure.usage(
                    VARIABLE + " is set in the environment, where go env -w has no effect", "unset " + VARIABLE);
        }
        String value = place.run("go", "env", VARIABLE).out().strip();
        if (value.isEmpty()) {
            throw Failure.failed("this go has no " + VARIABLE, "install go 1.24 or newer");
        }
        List<String> commands = new ArrayList<>();
        for (String command : value.split(";", -1)) {
            commands.add(command.strip());
        }
        return commands;
    }

    private static List<String> without(List<String> commands) {
        List<String> rest = new ArrayList<>(commands);
        rest.removeIf(command -> SetupPlace.isCall(command, "go"));
        return rest;
    }
}
