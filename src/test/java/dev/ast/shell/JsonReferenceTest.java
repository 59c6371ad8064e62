package dev.ast.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.app.ProgramCatalog;
import dev.ast.support.JsonResults;
import dev.ast.support.JsonResults.Member;
import dev.ast.support.JsonResults.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/json.md} and {@code docs/schema} are made of {@code json/results.txt}, whose results {@link OneDocumentTest}
 * compares with those of the commands. With {@code -Djson.write=true} they are written anew.
 */
class JsonReferenceTest {
    private static final Path PAGE = Path.of("docs/json.md");
    private static final Path SCHEMAS = Path.of("docs/schema");
    private static final String ANEW = "write it anew: ./mvnw -q test -Dtest=JsonReferenceTest -Djson.write=true";

    @Test
    void thePageAndTheSchemasAreMadeOfTheDeclaration() throws IOException {
        Map<Path, String> wanted = new TreeMap<>();
        wanted.put(PAGE, page());
        for (Result result : JsonResults.all().values()) {
            wanted.put(SCHEMAS.resolve(result.file()), result.schema(false) + "\n");
        }
        if (Boolean.getBoolean("json.write")) {
            for (Map.Entry<Path, String> one : wanted.entrySet()) {
                Files.writeString(one.getKey(), one.getValue());
            }
        }
        for (Map.Entry<Path, String> one : wanted.entrySet()) {
            assertThat(one.getKey()).as(ANEW).exists().content().as(ANEW).isEqualTo(one.getValue());
        }
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            assertThat(files).allMatch(wanted::containsKey);
        }
    }

    @Test
    void everyResultIsOfACommand() {
        List<String> commands = ProgramCatalog.create().all().stream()
                .map(command -> command.name())
                .toList();
        assertThat(JsonResults.all().values()).extracting(Result::words).isSubsetOf(commands);
    }

    @Test
    void whatIsNotDeclaredIsFound() {
        assertThat(JsonResults.errors("version", "{\"version\":\"1\",\"commit\":null,\"java\":\"25\"}"))
                .isEmpty();
        for (String wrong : List.of(
                "{\"version\":\"1\",\"commit\":null}",
                "{\"version\":1,\"commit\":null,\"java\":\"25\"}",
                "{\"version\":\"1\",\"commit\":null,\"java\":\"25\",\"more\":1}",
                "[]")) {
            assertThat(JsonResults.errors("version", wrong)).as(wrong).isNotEmpty();
        }
        assertThat(JsonResults.errors("alias", "[{\"name\":\"a\"}]")).isNotEmpty();
        assertThat(JsonResults.errors("no such", "{}")).isNotEmpty();
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
            # JSON results

            The results of the commands with `-o json`, and the same with `-o yaml`. Times are ISO 8601 in UTC. Members may
            be added, and are not removed; all that are listed are always there, and `null` where there is no value (`?`).
            `--fields` selects members, see [Scripting](scripting.md). The schemas are JSON Schema 2020-12.

            This page and the schemas are made of `src/test/resources/json/results.txt` by
            `./mvnw -q test -Dtest=JsonReferenceTest -Djson.write=true`. `OneDocumentTest` compares them with what the
            commands print.
            """);
        for (Result result : JsonResults.all().values()) {
            page.append("\n## ast ").append(result.command()).append("\n\n");
            page.append(result.list() ? "A list. " : "")
                    .append("Schema: [`schema/")
                    .append(result.file())
                    .append("`](schema/")
                    .append(result.file())
                    .append(").\n\n| member | type | meaning |\n| --- | --- | --- |\n")
                    .append(rows(result.members(), result.list() ? "[]." : ""));
        }
        return page.append("""

            ## An error

            With `-o json`, a failure is one object on standard error. Standard output is empty, except for commands that print
            their result before they fail, such as `status --check` and `logout`.

            | member | type | meaning |
            | --- | --- | --- |
            | `error.code` | text | the name of the exit code, see [Exit codes](scripting.md#exit-codes) |
            | `error.message` | text | what went wrong, and why |
            | `error.hint` | text? | what to do next |
            | `error.exit` | number | the exit code |
            """).toString();
    }

    private static String rows(List<Member> members, String before) {
        return members.stream()
                .map(member ->
                        "| `" + before + member.name() + "` | " + member.type() + " | " + member.meaning() + " |\n"
                                + rows(
                                        member.members(),
                                        before + member.name() + (member.type().contains("[]") ? "[]." : ".")))
                .collect(Collectors.joining());
    }
}
