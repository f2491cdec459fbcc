package dev.carillon.router;

import dev.carillon.platform.PlatformConfiguration;
import dev.carillon.router.runtime.RuntimeConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The whole router, to be imported: by its own application, or by one that composes all services. */
@Configuration(proxyBeanMethods = false)
@Import({PlatformConfiguration.class, RuntimeConfiguration.class})
public class RouterStreamConfiguration {}
