package org.likeness.server;

import org.likeness.library.FolderWatch;
import org.likeness.library.ImportQueue;
import org.likeness.library.Likeness;
import org.likeness.library.Upkeep;
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

    /// Looks at watched folders; closed before the imports are.
    @Bean(destroyMethod = "close")
    FolderWatch folders(Likeness likeness, ImportQueue imports) {
        return likeness.startWatching(imports);
    }

    /// Does hourly what each opening of the data directory does.
    @Bean(destroyMethod = "close")
    Upkeep upkeep(Likeness likeness) {
        Upkeep upkeep = likeness.upkeep();
        upkeep.start();
        return upkeep;
    }
}
