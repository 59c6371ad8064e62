package dev.ast.config;

import dev.ast.api.PersonalTokens;
import dev.ast.command.Changed;
import dev.ast.diagnosis.Why;
import dev.ast.host.Interrupts;
import dev.ast.login.Logout;
import dev.ast.login.SignedIn;
import dev.ast.login.importing.Import;
import dev.ast.output.ErrorPrinter;
import dev.ast.output.Redactor;
import dev.ast.output.Screen;
import dev.ast.output.Views;
import dev.ast.output.view.ContextList;
import dev.ast.output.view.LogoutView;
import dev.ast.output.view.MovedView;
import dev.ast.output.view.PersonalTokenViews;
import dev.ast.output.view.ProfileList;
import dev.ast.output.view.ProfileShown;
import dev.ast.output.view.SignedInView;
import dev.ast.output.view.StatusView;
import dev.ast.output.view.TakenView;
import dev.ast.output.view.TokenAnswer;
import dev.ast.output.view.WhoamiView;
import dev.ast.output.view.WhyView;
import dev.ast.profile.Profiles;
import dev.ast.profile.StorageMigration;
import dev.ast.provider.Providers;
import dev.ast.session.ContextRefresh;
import dev.ast.session.Contexts;
import dev.ast.session.DeferredFailures;
import dev.ast.session.Status;
import dev.ast.session.Targets;
import dev.ast.session.Whoami;
import dev.ast.shell.AstCommandParser;
import dev.ast.shell.AstCommandRegistry;
import dev.ast.shell.CommandRunner;
import dev.ast.shell.HelpPage;
import dev.ast.shell.HelpView;
import dev.ast.shell.HistoryPage;
import dev.ast.shell.Leave;
import dev.ast.shell.Surface;
import dev.ast.shell.completion.LineCompleter;
import dev.ast.shell.completion.StoredNames;
import dev.ast.shell.grammar.Catalog;
import dev.ast.shell.interactive.ShellConversations;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From a line to a command and from its result to the screen. */
@Configuration(proxyBeanMethods = false)
public class ShellConfiguration {

    @Bean
    Leave leave() {
        return new Leave();
    }

    @Bean
    Views views(Screen screen, InstantSource clock) {
        return new Views(screen)
                .register(
                        HelpPage.class,
                        new HelpView(List.of("Signing in", "Session", "Profiles", "Shell", "Trying it out")))
                .register(Changed.class, new Changed.Look())
                .register(HistoryPage.class, new HistoryPage.Look())
                .register(TokenAnswer.class, new TokenAnswer.Look())
                .register(Contexts.class, new ContextList())
                .register(PersonalTokens.Made.class, new PersonalTokenViews.Made())
                .register(PersonalTokens.Listing.class, new PersonalTokenViews.Listing())
                .register(Import.Taken.class, new TakenView())
                .register(ProfileList.class, new ProfileList.Look())
                .register(ProfileShown.class, new ProfileShown.Look())
                .register(SignedIn.class, new SignedInView())
                .register(Logout.Report.class, new LogoutView(clock, ZoneId::systemDefault))
                .register(StorageMigration.Moved.class, new MovedView())
                .register(Status.class, new StatusView(clock, ZoneId::systemDefault))
                .register(Why.class, new WhyView(clock))
                .register(Whoami.class, new WhoamiView(clock));
    }

    @Bean
    CommandRunner commandRunner(
            Catalog catalog,
            Views views,
            Redactor redactor,
            ShellConversations shell,
            Screen screen,
            Interrupts interrupts,
            Leave leave,
            DeferredFailures late) {
        Surface surface = new Surface(views, redactor, shell::of);
        return new CommandRunner(
                new AstCommandParser(catalog),
                new AstCommandRegistry(catalog, surface),
                screen,
                new ErrorPrinter(screen, redactor),
                interrupts,
                leave,
                late);
    }

    @Bean
    LineCompleter lineCompleter(
            Catalog catalog, Profiles profiles, Providers providers, Targets targets, ContextRefresh contexts) {
        return new LineCompleter(catalog, new StoredNames(profiles, targets, () -> providers, contexts::poke));
    }
}
