package dev.carillon.testsupport.contract;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Puts the filter before every other in each service that a test starts in its own JVM. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class ContractConfiguration {
    @Bean
    FilterRegistrationBean<ContractFilter> testContractFilter() {
        FilterRegistrationBean<ContractFilter> registration = new FilterRegistrationBean<>(new ContractFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setEnabled(Watch.isOn());
        return registration;
    }
}
