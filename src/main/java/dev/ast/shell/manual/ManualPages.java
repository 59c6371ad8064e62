package dev.ast.shell.manual;

import dev.ast.command.ArgumentSpec;
import dev.ast.command.CommandSpec;
import dev.ast.command.GlobalOptions;
import dev.ast.command.OptionSpec;
import dev.ast.shell.HelpExamples;
import dev.ast.shell.HelpTopic;
import dev.ast.shell.HelpView;
import dev.ast.shell.grammar.Catalog;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One manual page for each command, one for the program, and one for each topic of help. */
public final class ManualPages {
    private static final String PROGRAM = "ast";
    private static final Map<String, String> FILES = files();

    private final Catalog catalog;
    private final LocalDate date;

    /** @param date what the pages carry, that of the release */
    public ManualPages(Catalog catalog, LocalDate date) {
        this.catalog = catalog;
        this.date = date;
    }

    /** The pages by their place below a directory of manual pages, for example {@code man1/ast-login.1}. */
    public Map<String, String> all() {
        Map<String, String> pages = new TreeMap<>();
        pages.put("man1/ast.1", program());
        catalog.visible().forEach(command -> pages.put("man1/" + page(command) + ".1", describe(command)));
        HelpTopic.all().forEach(topic -> pages.put("man7/" + page(topic) + ".7", topic(topic)));
        return pages;
    }

    private static String page(CommandSpec command) {
        return PROGRAM + "-" + command.name().replace(' ', '-');
    }

    private static String page(HelpTopic topic) {
        return PROGRAM + "-" + topic.name();
    }

    private static List<String> topics() {
        return HelpTopic.all().stream().map(ManualPages::page).sorted().toList();
    }

    private String program() {
        Mdoc page = new Mdoc(
                PROGRAM, 1, "sign in to platforms, keep sessions alive and give their tokens to programs", date);
        page.section("SYNOPSIS").macro("Nm").macro("Op Ar COMMAND").macro("Op Ar OPTION ...");
        page.macro("Nm").macro("Fl \\-script Ar FILE").macro("Op Ar ARGUMENT ...");
        page.section("DESCRIPTION")
                .paragraphs(List.of(
                        "Without a command, the interactive shell starts; without a terminal, a script is read from"
                                + " standard input.",
                        "A profile is a server with one identity. Its tokens are stored in the system keyring, or in a file that"
                                + " only the user can read, and are renewed before they expire. A token is only sent to the"
                                + " server that it was issued for."));
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        catalog.visible()
                .forEach(command -> groups.computeIfAbsent(command.group(), group -> new LinkedHashMap<>())
                        .put("Xr " + page(command) + " 1", command.summary() + "."));
        page.section("COMMANDS");
        groups.forEach((group, commands) -> page.subsection(group).tagged(commands));
        page.section("OPTIONS").paragraph("These can be anywhere in the line of any command.");
        page.tagged(options(GlobalOptions.SPECS));
        page.section("ENVIRONMENT").paragraph("See the page of the environment in section 7, and:");
        page.terms(Map.of("AST_HOME", "the directory of all files of the program"));
        page.section("FILES").terms(FILES);
        page.section("EXIT STATUS").paragraph("0 is success; the other codes have a page in section 7.");
        page.section("EXAMPLES").examples(List.of("ast login", "ast status", "ast token", "ast sandbox --tour"));
        return page.seeAlso(
                        catalog.visible().stream()
                                .map(ManualPages::page)
                                .sorted()
                                .toList(),
                        topics())
                .toString();
    }

    private String describe(CommandSpec command) {
        String summary = command.summary();
        Mdoc page = new Mdoc(page(command), 1, Character.toLowerCase(summary.charAt(0)) + summary.substring(1), date);
        page.section("SYNOPSIS").macro("Nm " + Mdoc.word(PROGRAM + " " + command.name()));
        if (!command.options().isEmpty()) {
            page.macro("Op Ar OPTION ...");
        }
        String usage = HelpView.usage(command);
        String words = PROGRAM + " " + command.name() + (command.options().isEmpty() ? "" : " [OPTIONS]");
        if (usage.length() > words.length()) {
            page.macro("Ar " + Mdoc.word(usage.substring(words.length() + 1)));
        }
        List<String> about = new ArrayList<>(List.of(summary + "."));
        if (!command.description().isEmpty()) {
            about.add(command.description());
        }
        if (!command.aliases().isEmpty()) {
            about.add("Other names: " + PROGRAM + " " + String.join(", " + PROGRAM + " ", command.aliases()) + ".");
        }
        page.section("DESCRIPTION").paragraphs(about);
        Map<String, String> arguments = new LinkedHashMap<>();
        for (ArgumentSpec argument : command.arguments()) {
            arguments.put(argument.name(), HelpView.withValues(argument.description(), argument.values()) + ".");
        }
        if (!arguments.isEmpty()) {
            page.section("ARGUMENTS").terms(arguments);
        }
        page.section("OPTIONS");
        if (!command.options().isEmpty()) {
            page.tagged(options(command.options()));
        }
        page.paragraph("The options of all commands are on the page of the program.");
        List<String> examples = HelpExamples.of(command.name());
        if (!examples.isEmpty()) {
            page.section("EXAMPLES").examples(examples);
        }
        return page.seeAlso(List.of(PROGRAM), List.of("ast-environment", "ast-exit-codes"))
                .toString();
    }

    private String topic(HelpTopic topic) {
        String title = topic.title();
        Mdoc page = new Mdoc(page(topic), 7, Character.toLowerCase(title.charAt(0)) + title.substring(1), date);
        page.section("DESCRIPTION");
        page.paragraphs(topic.text().isEmpty() ? List.of(title + ".") : topic.text());
        return page.terms(topic.terms())
                .seeAlso(
                        List.of(PROGRAM),
                        topics().stream()
                                .filter(name -> !name.equals(page(topic)))
                                .toList())
                .toString();
    }

    private static Map<String, String> options(List<OptionSpec> options) {
        Map<String, String> tagged = new LinkedHashMap<>();
        for (OptionSpec option : options) {
            String letter = option.letter().map(c -> "Fl " + c + " , ").orElse("");
            String value = option.takes() == OptionSpec.Takes.NOTHING
                    ? ""
                    : (option.takes() == OptionSpec.Takes.MAYBE ? " Op Ar " : " Ar ") + Mdoc.word(option.valueName());
            tagged.put(
                    letter + "Fl \\-" + option.name().replace("-", "\\-") + value,
                    HelpView.withValues(option.description(), option.values()) + ".");
        }
        return tagged;
    }

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("~/.ast/credentials.json", "The profiles, and the tokens of those that do not use the keyring.");
        files.put("~/.ast/config.yml", "The user's settings.");
        files.put("~/.ast/history", "The lines typed in the shell, without those that contain a secret.");
        return files;
    }
}
