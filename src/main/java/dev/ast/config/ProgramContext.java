package dev.ast.config;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The context that holds the beans of {@link AstConfiguration}. Packaged, it is made by the code that Spring's
 * ahead-of-time step wrote for that configuration; elsewhere, where there is no such code, by reading its annotations.
 *
 * <p>It is no {@code SpringApplication} and has neither events nor messages, because nothing here listens or is
 * translated, and both would cost every start; see decision 7.
 */
public final class ProgramContext extends GenericApplicationContext {
    private static final String PREPARED = Blueprint.class.getName() + "__ApplicationContextInitializer";

    private static final List<String> EVENT_BEANS = List.of(
            AnnotationConfigUtils.EVENT_LISTENER_PROCESSOR_BEAN_NAME,
            AnnotationConfigUtils.EVENT_LISTENER_FACTORY_BEAN_NAME);

    /**
     * A context that {@code refresh} opens.
     *
     * @param settings the configuration, and nothing else
     * @param parts what is there already, each found by its type
     */
    public ProgramContext(ConfigurableEnvironment settings, List<Object> parts) {
        setEnvironment(settings);
        parts.forEach(part -> getBeanFactory().registerSingleton(part.getClass().getName(), part));
        ApplicationContextInitializer<GenericApplicationContext> prepared = prepared();
        if (prepared == null) {
            new AnnotatedBeanDefinitionReader(this).register(AstConfiguration.class);
        } else {
            prepared.initialize(this);
        }
        for (String name : EVENT_BEANS) {
            if (containsBeanDefinition(name)) {
                removeBeanDefinition(name);
            }
        }
    }

    @SuppressWarnings("unchecked") // the class is written for this very type
    private static @Nullable ApplicationContextInitializer<GenericApplicationContext> prepared() {
        try {
            return (ApplicationContextInitializer<GenericApplicationContext>) Class.forName(
                            PREPARED, true, ProgramContext.class.getClassLoader())
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

    /** Every bean is made when it is asked for, so that none has to be made here. */
    @Override
    public void registerBeanDefinition(String beanName, BeanDefinition beanDefinition) {
        beanDefinition.setLazyInit(true);
        super.registerBeanDefinition(beanName, beanDefinition);
    }

    @Override
    protected void initMessageSource() {
        // No message is looked up in the context.
    }

    @Override
    protected void publishEvent(Object event, @Nullable ResolvableType typeHint) {
        // Nobody listens.
    }
}
