package org.likeness.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// Keeps SQLite's native library unpacked: its driver would unpack it to the temporary folder at every start,
/// which takes a command a tenth of a second. Stateless; safe for several processes that share the folder.
final class SqliteNative {
    private static final String FOLDER = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";

    private SqliteNative() {}

    /// Unpacks into this folder, unless an administrator named another on the command line.
    static void unpackTo(Path folder) throws IOException {
        if (System.getProperty(FOLDER) != null) {
            return;
        }
        String name = LibraryLoaderUtil.getNativeLibName();
        Path versioned = folder.resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
        Path library = versioned.resolve(name);
        if (!Files.exists(library)) {
            String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
            try (InputStream content = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
                if (content == null) {
                    return; // no library for this platform in the jar: the driver says so better
                }
                Disk.createFolders(versioned);
                Path partial = Files.createTempFile(versioned, name, ".part");
                Files.copy(content, partial, StandardCopyOption.REPLACE_EXISTING);
                Files.move(partial, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        System.setProperty(FOLDER, versioned.toString());
        System.setProperty(NAME, name);
    }
}
