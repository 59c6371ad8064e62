package dev.ast.config;

import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragmentsDecorator;
import org.springframework.beans.factory.support.InstanceSupplier;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.ResolvableType;
import org.springframework.javapoet.CodeBlock;

/**
 * Has the ahead-of-time step write a plain call of each bean's factory method, with the names of the beans it takes. The
 * code that Spring writes by itself would look for them by reflection and by type at every start, which costs as much as
 * the rest of a short command.
 */
public final class DirectWiring implements BeanRegistrationAotProcessor {

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        if (bean.resolveInstantiationDescriptor().executable() instanceof Method method) {
            return code(bean, method)
                    .map(code -> BeanRegistrationAotContribution.withCustomCodeFragments(
                            fragments -> new Written(fragments, code)))
                    .orElse(null);
        }
        return null;
    }

    private static Optional<CodeBlock> code(RegisteredBean bean, Method method) {
        String room = bean.getMergedBeanDefinition().getFactoryBeanName();
        if (room == null) {
            return Optional.empty();
        }
        CodeBlock.Builder code = CodeBlock.builder()
                .add("($T<$T>) made -> ", InstanceSupplier.class, method.getReturnType())
                .add(get(room, method.getDeclaringClass()))
                .add(".$L(", method.getName());
        for (int i = 0; i < method.getParameterCount(); i++) {
            Optional<CodeBlock> argument = argument(bean, method, i);
            if (argument.isEmpty()) {
                return Optional.empty(); // left to Spring
            }
            code.add(i == 0 ? "" : ", ").add(argument.get());
        }
        return Optional.of(code.add(")").build());
    }

    private static Optional<CodeBlock> argument(RegisteredBean bean, Method method, int index) {
        Class<?> type = method.getParameterTypes()[index];
        if (type == ObjectProvider.class) {
            Class<?> provided = ResolvableType.forMethodParameter(method, index)
                    .getGeneric(0)
                    .toClass();
            return Optional.of(CodeBlock.of("made.getBeanFactory().getBeanProvider($T.class)", provided));
        }
        String[] names = bean.getBeanFactory().getBeanNamesForType(type, true, false);
        return switch (names.length) {
            case 0 -> Optional.of(get(ProgramContext.nameOfPart(type), type));
            case 1 -> Optional.of(get(names[0], type));
            default -> Optional.empty();
        };
    }

    private static CodeBlock get(String name, Class<?> type) {
        return CodeBlock.of("made.getBeanFactory().getBean($S, $T.class)", name, type);
    }

    /** Spring's code for a bean, but for how it is made. */
    private static final class Written extends BeanRegistrationCodeFragmentsDecorator {
        private final CodeBlock supplier;

        Written(BeanRegistrationCodeFragments fragments, CodeBlock supplier) {
            super(fragments);
            this.supplier = supplier;
        }

        @Override
        public CodeBlock generateInstanceSupplierCode(
                GenerationContext generationContext,
                BeanRegistrationCode beanRegistrationCode,
                boolean allowDirectSupplierShortcut) {
            return supplier;
        }
    }
}
