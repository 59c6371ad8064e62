package dev.ast.output;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Which build this is.
 *
 * @param version the version of {@code ast}
 * @param commit the short id of the commit it was built from, where the build knew it
 * @param java the version and the vendor of the running JDK
 */
public record Version(String version, Optional<String> commit, String java) {
    private static final String BUILD = "/META-INF/build-info.properties";

    /** Reads what the build left in {@code META-INF/build-info.properties}. */
    public static Version ofBuild() {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(BUILD)) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + BUILD, e);
        }
        return new Version(
                build.getProperty("build.version", "0-development"),
                Optional.ofNullable(build.getProperty("build.commit")).filter(commit -> !commit.isBlank()),
                System.getProperty("java.version", "?") + " (" + System.getProperty("java.vendor", "?") + ")");
    }

    /** How it looks: one line. */
    static final class Look implements View<Version> {
        @Override
        public Object document(Version result) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("version", result.version);
            document.put("commit", result.commit.orElse(null));
            document.put("java", result.java);
            return document;
        }

        @Override
        public void text(Version result, Page page) {
            page.line(
                    "ast ",
                    result.version,
                    result.commit.map(commit -> " (" + commit + ")").orElse(""),
                    ", Java ",
                    result.java);
        }
    }
}
