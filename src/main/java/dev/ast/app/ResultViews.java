package dev.ast.app;

import dev.ast.api.PersonalTokens;
import dev.ast.command.Changed;
import dev.ast.command.SettingList;
import dev.ast.diagnosis.Diagnosis;
import dev.ast.diagnosis.Why;
import dev.ast.diagnosis.WhyHost;
import dev.ast.login.Logout;
import dev.ast.login.SignedIn;
import dev.ast.login.StartedSignIn;
import dev.ast.login.importing.Import;
import dev.ast.output.View;
import dev.ast.output.view.ContextList;
import dev.ast.output.view.DoctorView;
import dev.ast.output.view.EventList;
import dev.ast.output.view.LogoutView;
import dev.ast.output.view.MovedView;
import dev.ast.output.view.PersonalTokenViews;
import dev.ast.output.view.ProfileList;
import dev.ast.output.view.ProfileShown;
import dev.ast.output.view.SignedInView;
import dev.ast.output.view.StartedSignInView;
import dev.ast.output.view.StatusView;
import dev.ast.output.view.TakenView;
import dev.ast.output.view.Times;
import dev.ast.output.view.TokenAnswer;
import dev.ast.output.view.WhoamiView;
import dev.ast.output.view.WhyHostView;
import dev.ast.output.view.WhyView;
import dev.ast.profile.StorageMigration;
import dev.ast.session.Contexts;
import dev.ast.session.Status;
import dev.ast.session.Whoami;
import dev.ast.shell.HelpPage;
import dev.ast.shell.HelpTopic;
import dev.ast.shell.HelpView;
import dev.ast.shell.HistoryPage;
import dev.ast.shell.line.AliasList;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a result to its view. Each view brings classes that a short command would have to load, so only one is made. */
final class ResultViews {
    private final InstantSource clock;

    ResultViews(InstantSource clock) {
        this.clock = clock;
    }

    /** The view of a result; null for one that has none. */
    @Nullable
    View<?> of(Object result) {
        if (result instanceof TokenAnswer) {
            return new TokenAnswer.Look();
        } else if (result instanceof Whoami) {
            return new WhoamiView(clock);
        } else if (result instanceof Status) {
            return new StatusView(clock, ZoneId::systemDefault);
        } else if (result instanceof Why) {
            return new WhyView(clock);
        } else if (result instanceof WhyHost) {
            return new WhyHostView();
        } else if (result instanceof ProfileList) {
            return new ProfileList.Look();
        } else if (result instanceof ProfileShown) {
            return new ProfileShown.Look();
        } else if (result instanceof Changed) {
            return new Changed.Look();
        } else if (result instanceof Contexts) {
            return new ContextList();
        } else if (result instanceof HelpPage) {
            return new HelpView(List.of("Signing in", "Session", "Profiles", "Settings", "Shell", "Trying it out"));
        } else if (result instanceof EventList) {
            return new EventList.Look(new Times(clock, ZoneId::systemDefault));
        } else if (result instanceof AliasList) {
            return new AliasList.Look();
        } else if (result instanceof HelpTopic) {
            return new HelpTopic.Look();
        } else if (result instanceof HistoryPage) {
            return new HistoryPage.Look();
        } else if (result instanceof SignedIn) {
            return new SignedInView();
        } else if (result instanceof Diagnosis) {
            return new DoctorView();
        } else if (result instanceof SettingList) {
            return new SettingList.Look();
        } else if (result instanceof StartedSignIn) {
            return new StartedSignInView();
        } else if (result instanceof Logout.Report) {
            return new LogoutView(clock, ZoneId::systemDefault);
        } else if (result instanceof StorageMigration.Moved) {
            return new MovedView();
        } else if (result instanceof Import.Taken) {
            return new TakenView();
        } else if (result instanceof PersonalTokens.Made) {
            return new PersonalTokenViews.Made();
        } else if (result instanceof PersonalTokens.Listing) {
            return new PersonalTokenViews.Listing();
        }
        return null;
    }
}
