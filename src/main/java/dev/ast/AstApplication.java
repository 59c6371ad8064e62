package dev.ast;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Prints the program's version, the commit it was built from and that commit's time. */
public final class AstApplication {

    private AstApplication() {}

    /**
     * Starts the program.
     *
     * @param args the words of the command line
     * @throws IOException if the build information cannot be read from the program's jar
     */
    public static void main(String[] args) throws IOException {
        Properties build = new Properties();
        try (InputStream in = AstApplication.class.getResourceAsStream("/META-INF/build-info.properties")) {
            if (in != null) {
                build.load(in);
            }
        }
        System.out.printf(
                "ast %s (%s, %s)%n",
                build.getProperty("build.version"), build.getProperty("build.commit"), build.getProperty("build.time"));
    }
}
