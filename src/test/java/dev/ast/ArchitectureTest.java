package dev.ast;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.ast.support.Case;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The architecture rules: which package may use which, and which packages may use external libraries and systems. */
class ArchitectureTest {

    private static final JavaClasses PROGRAM =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("dev.ast");

    /** The packages from top to bottom. A dependency may point down or stay in its row, never up. */
    private static final List<Set<String>> ROWS = List.of(
            Set.of(""), // AstApplication and FastStart
            Set.of("app"),
            Set.of("shell"),
            Set.of("command"),
            Set.of("output"),
            Set.of("sandbox"),
            // Below these, since session decides the profile, server and credential of a command.
            Set.of("login"),
            Set.of("api", "protocol", "diagnosis"),
            Set.of("session"),
            Set.of("provider"),
            Set.of("oauth"),
            Set.of("profile"),
            Set.of("credential"),
            Set.of("http"),
            Set.of("host"),
            Set.of("json"),
            Set.of("domain"));

    /** Plain Java, so that the Spring beans, the fast start and the tests all use the same classes. */
    private static final String[] PLAIN = packages(
            "output",
            "session",
            "login",
            "api",
            "protocol",
            "diagnosis",
            "provider",
            "profile",
            "credential",
            "http",
            "host",
            "json",
            "domain");

    /** A separate program with its own rules. */
    private static final String SANDBOX_SERVER = "dev.ast.sandbox.server..";

    @Test
    void everyClassIsInAKnownPackage() {
        check(classes().should(new ArchCondition<>("be in a known package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean known = ROWS.stream().anyMatch(row -> row.contains(area(type)));
                events.add(new SimpleConditionEvent(type, known, type.getName() + " is not in a known package"));
            }
        }));
    }

    @Test
    void dependenciesPointDown() {
        check(classes().should(new ArchCondition<>("depend only on packages below") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = arrow.getTargetClass().getBaseComponentType();
                    if (target.getPackageName().startsWith("dev.ast")) {
                        events.add(new SimpleConditionEvent(arrow, row(type) <= row(target), arrow.getDescription()));
                    }
                }
            }
        }));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("dev.ast.(*)..").should().beFreeOfCycles());
        check(slices().matching("dev.ast.(**)").should().beFreeOfCycles());
    }

    @Test
    void onlyItsCommandUsesTheSandbox() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.ast.sandbox..", "dev.ast.command..", "dev.ast.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.ast.sandbox.."));
        check(noClasses()
                .that()
                .resideOutsideOfPackage(SANDBOX_SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SANDBOX_SERVER));
    }

    @Test
    void frameworksStayInTheirPackages() {
        onlyIn("org.springframework.shell..", "shell", "command", "app");
        onlyIn("org.jline..", "shell", "output");
        onlyIn("org.springframework.security..", "oauth");
        onlyIn("org.freedesktop..", "credential");
        onlyIn("com.sun.jna..", "credential");
    }

    @Test
    void noBeanHasAnnotationsThatTheProgramDoesNotProcess() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(SANDBOX_SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.annotation..",
                        "org.springframework.beans.factory.annotation..",
                        "org.springframework.context.annotation..",
                        "org.springframework.context.event..",
                        "org.springframework.stereotype..")
                .because("AstApplication starts without what processes them, see docs/decisions/0007"));
    }

    @Test
    void plainPackagesUseNoFramework() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PLAIN)
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.springframework..", "jakarta..", "javax.inject..")
                        .and(not(resideInAnyPackage(
                                "org.springframework.http..", "org.springframework.web.client..")))));
        check(noClasses()
                .that()
                .resideInAnyPackage(PLAIN)
                .and()
                .resideOutsideOfPackage("dev.ast.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.."));
    }

    @Test
    void theFastStartRunsWithoutSpring() {
        check(classes()
                .that()
                .haveFullyQualifiedName("dev.ast.FastStart")
                .or()
                .haveNameMatching("dev\\.ast\\.app\\.(Foundation|StoreParts|SessionParts|CommandParts|Settings)")
                .should(new ArchCondition<>("not depend on Spring, except the online parts") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        for (JavaClass known : withoutSpring(type)) {
                            boolean spring = known.getDirectDependenciesFromSelf().stream()
                                    .map(Dependency::getTargetClass)
                                    .anyMatch(
                                            target -> target.getPackageName().startsWith("org.springframework.shell"));
                            events.add(new SimpleConditionEvent(
                                    known, !spring, type.getName() + " -> " + known.getName()));
                        }
                    }
                }));
    }

    private static Set<JavaClass> withoutSpring(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .filter(target -> target.getPackageName().startsWith("dev.ast.shell"))
                .collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void domainIsPlainJavaWithoutInputOrOutput() {
        check(classes()
                .that()
                .resideInAPackage("dev.ast.domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.ast.domain..", "java..", "org.jspecify.annotations.."));
        check(noClasses()
                .that()
                .resideInAPackage("dev.ast.domain..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.channels..", "java.net.http..", "java.sql..")
                        .or(assignableTo(java.nio.file.Files.class))
                        .or(assignableTo(java.io.File.class))
                        .or(assignableTo(java.net.URLConnection.class))
                        .or(assignableTo(java.net.Socket.class))));
    }

    @Test
    void onlyTheProgramEndsTheProcess() {
        noCall("exit|halt", Runtime.class, "dev\\.ast\\.(AstApplication|FastStart)");
        noCall("exit", System.class, "dev\\.ast\\.(AstApplication|FastStart)");
    }

    @Test
    @Case("J05")
    void onlyHostKnowsEnvironmentAndProcesses() {
        String host = "dev\\.ast\\.host\\..*";
        noCall("getenv", System.class, host);
        noCall("exec", Runtime.class, host);
        noCall(".*", ProcessBuilder.class, host);
    }

    @Test
    void onlyOutputWritesToTheTerminal() {
        // Except the last error handler of main, and the sandbox server, whose output is not shown.
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.ast.output..", SANDBOX_SERVER)
                .and()
                .doNotHaveFullyQualifiedName(AstApplication.class.getName())
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"));
        noCall("console", System.class, "dev\\.ast\\.(output|host)\\..*");
    }

    @Test
    @Case("D10")
    void onlyTheFileStoreWritesFiles() {
        // Except the build steps that write the packaged settings, manual pages and completion, and the training's
        // questions.
        String store = "dev\\.ast\\.(credential\\.file\\..*|app\\.SettingsReader|app\\.SharedFiles|Training)";
        noCall(
                "write.*|create.*|newOutputStream|newBufferedWriter|newByteChannel|delete.*|move|copy|set.*",
                java.nio.file.Files.class,
                store);
        // The input of the user is opened for reading only.
        noCall("open", java.nio.channels.FileChannel.class, store + "|dev\\.ast\\.host\\.Input");
        for (Class<?> writer :
                List.of(java.io.FileOutputStream.class, java.io.FileWriter.class, java.io.RandomAccessFile.class)) {
            // The screen opens no file: it uses the descriptors of the standard streams.
            noCall("<init>", writer, store + "|dev\\.ast\\.output\\.Screen");
        }
        noCall("create.*|delete.*|mkdir.*|renameTo|set.*", java.io.File.class, store);
    }

    @Test
    @Case("D09")
    void onlyHttpAndOauthConnect() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.ast.http..", "dev.ast.oauth..", "dev.ast.app..", SANDBOX_SERVER)
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net.http..", "org.apache.hc..")
                        .or(assignableTo(java.net.URLConnection.class))
                        .or(assignableTo(javax.net.ssl.SSLContext.class))));
        noCall("open.*", java.net.URL.class, "dev\\.ast\\.(http|oauth)\\..*");
    }

    @Test
    @Case("J07")
    void onlyTheSignInByBrowserListens() {
        // Except the keyring of the training run, on a socket file of the build.
        String listener = "dev\\.ast\\.(login\\.LoopbackListener|credential\\.keyring\\.TrainingKeyring)";
        for (Class<?> server : List.of(
                java.net.ServerSocket.class,
                java.net.DatagramSocket.class,
                java.nio.channels.ServerSocketChannel.class,
                java.nio.channels.AsynchronousServerSocketChannel.class,
                com.sun.net.httpserver.HttpServer.class)) {
            noCall("<init>|open|create|bind", server, listener);
        }
    }

    @Test
    @Case("D07")
    void nobodyIsManagedFromOutside() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "javax.management..",
                        "java.rmi..",
                        "javax.naming..",
                        "javax.script..",
                        "com.sun.management.."));
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(java.lang.management.ManagementFactory.class.getName()));
    }

    @Test
    @Case("J08")
    void nothingIsDeserialized() {
        noCall(".*", java.io.ObjectInputStream.class, "");
    }

    @Test
    void timeIsPassedIn() {
        String host = "dev\\.ast\\.(host|sandbox\\.server)\\..*";
        noCall("now", java.time.Instant.class, host);
        noCall("now", java.time.ZonedDateTime.class, host);
        noCall("now", java.time.LocalDateTime.class, host);
        noCall("currentTimeMillis", System.class, host);
        noCall("sleep", Thread.class, host);
    }

    @Test
    void packagesAreNullMarked() {
        check(classes().should(new ArchCondition<>("be in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is not @NullMarked"));
            }
        }));
    }

    @Test
    void namesAreSpecific() {
        check(noClasses()
                .that()
                .areTopLevelClasses()
                .and()
                // Named as in Spring Security.
                .doNotHaveSimpleName("LockingAuthorizedClientManager")
                .should()
                .haveNameMatching(".*(Manager|Helper|Helpers|Util|Utils|Impl|Data)"));
    }

    @Test
    void tokensHaveNoGetter() {
        check(noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackages("dev.ast.oauth..", SANDBOX_SERVER)
                .should()
                .haveNameMatching("getAccessToken|getRefreshToken"));
    }

    @Test
    void thereIsSomethingToCheck() {
        assertThat(PROGRAM).isNotEmpty();
    }

    private static void onlyIn(String framework, String... packages) {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(packages(packages))
                .and()
                .resideOutsideOfPackage(SANDBOX_SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(framework));
    }

    /** Only classes whose names match {@code allowed} call a method of {@code type} with a matching name. */
    private static void noCall(String method, Class<?> type, String allowed) {
        DescribedPredicate<JavaCall<?>> call = target(owner(assignableTo(type)))
                .and(target(nameMatching(method)))
                .as("%s.%s", type.getSimpleName(), method);
        check(noClasses()
                .that(not(nameMatching(allowed).<JavaClass>forSubtype()))
                .and(not(resideInAPackage(SANDBOX_SERVER)))
                .should()
                .callCodeUnitWhere(call));
    }

    private static void check(ArchRule rule) {
        // A package may be empty.
        rule.allowEmptyShould(true).check(PROGRAM);
    }

    private static String[] packages(String... names) {
        return java.util.Arrays.stream(names)
                .map(name -> "dev.ast." + name + "..")
                .toArray(String[]::new);
    }

    private static String area(JavaClass type) {
        String below = type.getPackageName().substring("dev.ast".length());
        return below.isEmpty() ? "" : below.split("\\.", -1)[1];
    }

    private static int row(JavaClass type) {
        for (int row = 0; row < ROWS.size(); row++) {
            if (ROWS.get(row).contains(area(type))) {
                return row;
            }
        }
        throw new AssertionError(type.getName() + " is not in a known package");
    }
}
