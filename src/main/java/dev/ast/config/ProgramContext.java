package dev.ast.config;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * The context that holds the beans of {@link AstConfiguration}. Packaged, it is made by the code that Spring's
 * ahead-of-time step wrote for that configuration; elsewhere, where there is no such code, by reading its annotations.
 *
 * <p>It is a context for looking up beans and no more. What else a context does at its start (events, messages,
 * life cycles, resource patterns, making every bean at once) has no use here and would be paid for by every command; see
 * decision 7.
 */
public final class ProgramContext extends GenericApplicationContext {
    private static final String PREPARED = Blueprint.class.getName() + "__ApplicationContextInitializer";

    private final boolean prepared;

    /**
     * A context that {@code refresh} opens.
     *
     * @param settings the configuration, and nothing else
     * @param parts what is there already, by the types that others know it by
     */
    public ProgramContext(ConfigurableEnvironment settings, Map<Class<?>, Object> parts) {
        setEnvironment(settings);
        parts.forEach((type, part) -> getBeanFactory().registerSingleton(nameOfPart(type), part));
        ApplicationContextInitializer<GenericApplicationContext> written = written();
        prepared = written != null;
        if (written == null) {
            new AnnotatedBeanDefinitionReader(this).register(AstConfiguration.class);
        } else {
            written.initialize(this);
        }
    }

    /** The name of the bean for a part of that type, which the written code looks it up by. */
    static String nameOfPart(Class<?> type) {
        return type.getName();
    }

    @SuppressWarnings("unchecked") // the class is written for this very type
    private static @Nullable ApplicationContextInitializer<GenericApplicationContext> written() {
        try {
            return Class.forName(PREPARED, true, ProgramContext.class.getClassLoader())
                    .asSubclass(ApplicationContextInitializer.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ClassNotFoundException e) {
            return null;
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("the prepared wiring cannot be used", e);
        }
    }

    /** Every bean is made when it is asked for. */
    @Override
    public void registerBeanDefinition(String beanName, BeanDefinition beanDefinition) {
        beanDefinition.setLazyInit(true);
        super.registerBeanDefinition(beanName, beanDefinition);
    }

    @Override
    protected ResourcePatternResolver getResourcePatternResolver() {
        return new SingleResources();
    }

    @Override
    protected void invokeBeanFactoryPostProcessors(ConfigurableListableBeanFactory beanFactory) {
        if (prepared) {
            getBeanFactoryPostProcessors().forEach(processor -> processor.postProcessBeanFactory(beanFactory));
        } else {
            super.invokeBeanFactoryPostProcessors(beanFactory);
        }
    }

    @Override
    protected void registerBeanPostProcessors(ConfigurableListableBeanFactory beanFactory) {
        // Beans are plain classes, made by constructors: nothing is to be done to them afterwards.
    }

    @Override
    protected void initMessageSource() {
        // No message is looked up in the context.
    }

    @Override
    protected void initApplicationEventMulticaster() {
        // Nobody listens.
    }

    @Override
    protected void registerListeners() {
        // Nobody listens.
    }

    @Override
    protected void publishEvent(Object event, @Nullable ResolvableType typeHint) {
        // Nobody listens.
    }

    @Override
    protected void finishBeanFactoryInitialization(ConfigurableListableBeanFactory beanFactory) {
        beanFactory.freezeConfiguration();
    }

    @Override
    protected void resetCommonCaches() {
        // Nothing of a start is kept in them, and making them in order to clear them takes time.
    }

    @Override
    protected void finishRefresh() {
        // No bean has a life cycle of its own.
    }

    /** Resources by their own names; setting up patterns walks the modules of the JDK. */
    private final class SingleResources implements ResourcePatternResolver {
        @Override
        public Resource[] getResources(String location) throws IOException {
            return new Resource[] {getResource(location)};
        }

        @Override
        public Resource getResource(String location) {
            return ProgramContext.this.getResource(location);
        }

        @Override
        public @Nullable ClassLoader getClassLoader() {
            return ProgramContext.this.getClassLoader();
        }
    }
}
