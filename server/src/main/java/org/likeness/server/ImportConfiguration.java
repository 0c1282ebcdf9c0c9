package org.likeness.server;

import org.likeness.library.ImportQueue;
import org.likeness.library.Likeness;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What works while the server is open, beside answering requests.
@Configuration(proxyBeanMethods = false)
class ImportConfiguration {
    /// Closed before the data directory is: the photo at hand ends.
    @Bean(destroyMethod = "close")
    ImportQueue imports(Likeness likeness) {
        return likeness.startImports();
    }
}
