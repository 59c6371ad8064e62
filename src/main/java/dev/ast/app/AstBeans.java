package dev.ast.app;

import dev.ast.credential.file.FileTokenRepository;
import dev.ast.credential.keyring.KeyringTokenRepository;
import dev.ast.oauth.OAuthTokens;
import dev.ast.profile.Profiles;
import dev.ast.session.ProfileSwitcher;
import dev.ast.session.ShellSession;
import dev.ast.shell.AstCommandParser;
import dev.ast.shell.AstCommandRegistry;
import dev.ast.shell.CommandRunner;
import dev.ast.shell.SpringShellExecution;
import dev.ast.shell.grammar.Catalog;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.env.Environment;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.util.StringUtils;

/**
 * The beans of the program: its areas, and those of their parts that others ask for. Each is made when it is first asked
 * for. They are registered with suppliers, so that no constructor is looked for by reflection at a start.
 */
public final class AstBeans implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        Beans beans = new Beans(registry);
        beans.add(
                Settings.class,
                context -> SettingsReader.read((SealedEnvironment) environment, base(context), store(context)));
        areas(beans);
        stores(beans);
        commands(beans);
        beans.add(
                ProgramRunner.class,
                context -> new ProgramRunner(
                        context.bean(LaunchRequest.class),
                        context.bean(Ending.class),
                        context.beanProvider(CommandRunner.class)));
    }

    private static void areas(Beans beans) {
        beans.add(StoreParts.class, context -> new StoreParts(base(context)));
        beans.add(SessionParts.class, context -> {
            Settings settings = context.bean(Settings.class);
            store(context).logging(settings.logging());
            return new SessionParts(
                    base(context),
                    store(context),
                    settings.platforms(),
                    context.beanProvider(OnlineParts.class)::getObject);
        });
        beans.add(
                OnlineParts.class,
                context ->
                        new OnlineParts(base(context), store(context), session(context), context.bean(Settings.class)));
        beans.add(
                CommandParts.class,
                context -> new CommandParts(
                        base(context),
                        store(context),
                        session(context),
                        context.beanProvider(OnlineParts.class)::getObject));
        beans.add(
                LineParts.class,
                context -> new LineParts(base(context), store(context), session(context), commands(context)));
    }

    private static void stores(Beans beans) {
        beans.add(Profiles.class, context -> store(context).profiles());
        beans.add(FileTokenRepository.class, context -> store(context).fileTokens());
        beans.add(KeyringTokenRepository.class, context -> store(context).keyringTokens());
        beans.add(ShellSession.class, context -> session(context).shell());
        beans.add(ProfileSwitcher.class, context -> session(context).profileSwitcher());
        beans.add(OAuthTokens.class, context -> context.bean(OnlineParts.class).oauth());
    }

    private static void commands(Beans beans) {
        beans.add(Catalog.class, context -> commands(context).catalog());
        beans.add(AstCommandParser.class, context -> new AstCommandParser(context.bean(Catalog.class)));
        beans.add(
                CommandRegistry.class,
                context -> new AstCommandRegistry(
                        context.bean(Catalog.class),
                        context.bean(LaunchRequest.class).mode() == LaunchRequest.Mode.COMMAND
                                ? commands(context).execution()
                                : context.bean(LineParts.class).execution()));
        beans.add(
                CommandRunner.class,
                context -> commands(context)
                        .runner(new SpringShellExecution(
                                context.bean(AstCommandParser.class),
                                context.bean(CommandRegistry.class),
                                base(context).screen())));
    }

    private static Foundation base(SupplierContext context) {
        return context.bean(Foundation.class);
    }

    private static StoreParts store(SupplierContext context) {
        return context.bean(StoreParts.class);
    }

    private static SessionParts session(SupplierContext context) {
        return context.bean(SessionParts.class);
    }

    private static CommandParts commands(SupplierContext context) {
        return context.bean(CommandParts.class);
    }

    private record Beans(BeanRegistry registry) {
        <T> void add(Class<T> type, Function<SupplierContext, T> supplier) {
            String name = StringUtils.uncapitalize(type.getSimpleName());
            registry.registerBean(name, type, bean -> bean.lazyInit().supplier(supplier));
        }
    }
}
