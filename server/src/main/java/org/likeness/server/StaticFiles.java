package org.likeness.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Style sheets, scripts and icons. Their address has a digest of all of them in it, so a browser may keep them for
/// ever, and modules import each other by relative paths. Immutable.
@Configuration(proxyBeanMethods = false)
class StaticFiles implements WebMvcConfigurer {
    private static final String WEBJARS = "META-INF/resources/webjars";

    private final String base;

    StaticFiles() {
        this.base = "/static/" + digest();
    }

    /// The beginning of every address, without a slash at its end.
    String base() {
        return base;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        CacheControl forEver =
                CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
        registry.addResourceHandler(base + "/lib/**")
                .addResourceLocations("classpath:/" + WEBJARS + "/")
                .setCacheControl(forEver);
        registry.addResourceHandler(base + "/**")
                .addResourceLocations("classpath:/static/")
                .setCacheControl(forEver);
        registry.addResourceHandler("/favicon.ico", "/robots.txt").addResourceLocations("classpath:/static/");
    }

    private static String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            Resource[] all = new PathMatchingResourcePatternResolver().getResources("classpath*:/static/**/*.*");
            Arrays.sort(all, Comparator.comparing(Resource::getDescription));
            for (Resource each : all) {
                if (each.isReadable() && each.getFilename() != null) {
                    sha256.update(each.getFilename().getBytes(StandardCharsets.UTF_8));
                    try (InputStream in = each.getInputStream()) {
                        sha256.update(in.readAllBytes());
                    }
                }
            }
            return HexFormat.of().formatHex(sha256.digest(), 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException("static files cannot be read from the class path", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
