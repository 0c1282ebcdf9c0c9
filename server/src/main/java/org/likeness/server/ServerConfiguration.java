package org.likeness.server;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/// What Spring puts together: everything in this package, over the open data directory that [Server] hands in.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@ComponentScan
class ServerConfiguration {
    /// Refuses a list or map with nothing in one of its places, as it refuses a missing field.
    @Bean
    JsonMapperBuilderCustomizer nothingBetweenOthers() {
        return json -> json.changeDefaultNullHandling(_ -> JsonSetter.Value.forContentNulls(Nulls.FAIL));
    }

    @Bean
    TemplateEngine templates() {
        return TemplateEngine.createPrecompiled(ContentType.Html);
    }
}
