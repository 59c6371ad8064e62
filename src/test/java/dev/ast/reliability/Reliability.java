package dev.ast.reliability;

import dev.ast.support.PrivateSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Kills, crowds, races and a shell that stays open against the packaged program, as many as requested; {@code 0} leaves a part out. Each option
 * is also a property of the Maven profile {@code reliability}, which by itself does all.
 *
 * <pre>
 * --kills N --commands token,api --signals KILL --targets GROUP --crowd N --races N --open MINUTES --at-once N --seed N --into FOLDER
 * </pre>
 *
 * The figures are written into the folder, from where {@code docs/reliability.md} takes them. It ends with 1 where
 * anything happened that must not.
 */
public final class Reliability {
    private final Map<String, String> options;

    private Reliability(Map<String, String> options) {
        this.options = options;
    }

    /** The command. */
    public static void main(String[] words) throws Exception {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i + 1 < words.length; i += 2) {
            options.put(words[i], words[i + 1]);
        }
        System.exit(new Reliability(options).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        boolean good = true;
        Map<String, String> file = Map.of("AST_STORAGE", "file");
        int kills = number("--kills", 0);
        if (kills > 0) {
            Set<Victim> victims = chosen("--commands", EnumSet.allOf(Victim.class), Victim::valueOf);
            List<KillRound.Result> results;
            try (PrivateSession session = victims.contains(Victim.MIGRATE) ? PrivateSession.gnomeKeyring() : null) {
                Map<String, String> environment = new TreeMap<>(file);
                if (session != null) {
                    String bus = "DBUS_SESSION_BUS_ADDRESS";
                    environment.put(bus, session.environment().get(bus));
                }
                results = new Kills(
                                environment,
                                victims,
                                chosen("--signals", EnumSet.allOf(Kill.Signal.class), Kill.Signal::valueOf),
                                chosen("--targets", EnumSet.allOf(Kill.Target.class), Kill.Target::valueOf))
                        .run(kills, number("--at-once", 2), seed());
            }
            good &= Kills.good(results);
            write("kills", Kills.table(results));
        }
        int crowd = number("--crowd", 0);
        if (crowd > 0) {
            Crowd.Result result = new Crowd(file).run(crowd, seed());
            good &= result.wrong().isEmpty();
            write("crowd", Crowd.lines(result));
        }
        int races = number("--races", 0);
        if (races > 0) {
            List<String> wrong = new LogoutRace(file).run(races, number("--at-once", 2), seed());
            good &= wrong.isEmpty();
            write("races", "| rounds | wrong |\n| ---: | ---: |\n| " + races + " | " + wrong.size() + " |\n");
        }
        int minutes = number("--open", 0);
        if (minutes > 0) {
            OpenShell.Result result = OpenShell.run(Duration.ofMinutes(minutes));
            result.wrong().forEach(System.out::println);
            good &= result.wrong().isEmpty();
            write("open", OpenShell.table(result));
        }
        return good;
    }

    private long seed() {
        return Long.parseLong(options.getOrDefault("--seed", "7009"));
    }

    private int number(String option, int otherwise) {
        String value = options.getOrDefault(option, "");
        return value.isEmpty() ? otherwise : Integer.parseInt(value);
    }

    private <E extends Enum<E>> Set<E> chosen(String option, EnumSet<E> all, Function<String, E> valueOf) {
        String value = options.getOrDefault(option, "");
        return value.isEmpty()
                ? all
                : Arrays.stream(value.toUpperCase(Locale.ROOT).split(",", -1))
                        .map(valueOf)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private void write(String name, String table) throws IOException {
        String text = table + "\n" + LocalDate.now(ZoneOffset.UTC) + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, JDK "
                + System.getProperty("java.version") + ", seed " + seed() + ".\n";
        System.out.println("\n" + text);
        Path into = Files.createDirectories(Path.of(options.getOrDefault("--into", "target/reliability")));
        Files.writeString(into.resolve(name + "-" + seed() + ".md"), text);
    }
}
