package org.likeness.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.search.Probe;
import org.likeness.models.DefaultPack;
import org.likeness.vision.ModelPack;

/// Looks whether a machine and a data directory are in order: every check says what it saw, and what to do when
/// it is not
/// good. Changes nothing but to create an absent data directory. Stateless.
public final class Checkup {
    private static final long FREE_MIN = 1L << 30;

    /// How a check came out.
    public enum State {
        OK,
        /// Works, but something should be better.
        WARN,
        /// Does not work.
        BAD
    }

    /// One check.
    public record Finding(State state, String what, Optional<String> advice) {}

    private final List<Finding> findings = new ArrayList<>();
    private final Settings settings;

    private Checkup(Settings settings) {
        this.settings = settings;
    }

    public static List<Finding> run(Settings settings) {
        Checkup checkup = new Checkup(settings);
        checkup.java();
        checkup.names();
        try (Likeness likeness = Likeness.open(settings)) {
            checkup.directory();
            checkup.keys();
            checkup.packs(likeness);
            checkup.records(likeness);
            checkup.leftovers(likeness);
            checkup.log(likeness);
            checkup.ledger(likeness);
            checkup.model(likeness);
        } catch (LikenessException e) {
            checkup.bad(e);
        }
        return List.copyOf(checkup.findings);
    }

    private void java() {
        Runtime runtime = Runtime.getRuntime();
        ok(String.format(
                Locale.ROOT,
                "Java %s, %d cores, up to %.1f GB of heap",
                Runtime.version(),
                runtime.availableProcessors(),
                runtime.maxMemory() / 1e9));
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            ok("the Vector API is there: searches use the processor's wide registers");
        } else {
            warn(
                    "the Vector API is not there: searches of large collections are slower",
                    "Start by ./likeness, or pass Java --add-modules jdk.incubator.vector.");
        }
    }

    private void names() {
        String encoding = System.getProperty("sun.jnu.encoding", "");
        if (encoding.equalsIgnoreCase("UTF-8")) {
            ok("file names are read as UTF-8");
        } else {
            warn(
                    "file names are read as " + encoding + ": photos with names in other scripts cannot be opened",
                    "Start by ./likeness, or set LC_ALL=C.UTF-8.");
        }
    }

    private void directory() {
        try {
            FileStore store = Files.getFileStore(settings.data());
            String free = String.format(
                    Locale.ROOT, "data directory %s, %.1f GB free", settings.data(), store.getUsableSpace() / 1e9);
            if (store.getUsableSpace() < FREE_MIN) {
                warn(free, "Make room: copies of photos, thumbnails and crops need space.");
            } else {
                ok(free);
            }
        } catch (IOException e) {
            warn("free space of " + settings.data() + " is not known: " + e.getMessage(), "Look at the disk.");
        }
    }

    private void keys() {
        Path keys = settings.keys();
        if (!Files.isDirectory(keys)) {
            ok("keys folder " + keys + ": none yet");
            return;
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(keys);
            permissions.removeAll(Set.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE));
            if (permissions.isEmpty()) {
                ok("keys folder " + keys + " is for its owner only");
            } else {
                bad("keys folder " + keys + " can be reached by others", "chmod 700 " + keys);
            }
        } catch (UnsupportedOperationException _) {
            warn("keys folder " + keys + ": this file system has no permissions to check", "Keep others out of it.");
        } catch (IOException e) {
            bad("keys folder " + keys + " cannot be read: " + e.getMessage(), "Allow reading it.");
        }
        if (keys.startsWith(settings.data())) {
            warn(
                    "keys lie in the data directory, so a backup of it holds both locks and keys",
                    "Set keys to a folder elsewhere, or leave keys/ out of the backup and keep it apart.");
        }
    }

    private void packs(Likeness likeness) {
        for (ModelPack pack : likeness.packs().compared()) {
            pack.check();
            ok("model pack " + pack.name() + " " + pack.version() + ": files match their hashes and load");
        }
    }

    private void records(Likeness likeness) {
        List<String> problems = likeness.checkRecords();
        if (problems.isEmpty()) {
            ok(String.format(
                    Locale.ROOT,
                    "records: %d collections, %,d audit entries, the database is sound",
                    likeness.collections().size(),
                    likeness.auditSize()));
        }
        for (String problem : problems) {
            bad(problem, "Restore the data directory from a backup, or report it.");
        }
        for (Collection collection : likeness.collections()) {
            if (likeness.vault().status(collection).shredded()) {
                ok("collection " + collection.id() + ": its keys were destroyed, its templates stay closed");
                continue;
            }
            long opened = likeness.checkTemplates(collection);
            ok(String.format(Locale.ROOT, "collection %s: %,d sealed templates open", collection.id(), opened));
        }
    }

    private void leftovers(Likeness likeness) {
        for (Collection collection : likeness.collections()) {
            long files = likeness.leftovers().count(collection.id()).orElse(0L);
            if (files > 0) {
                warn(
                        "collection " + collection.id() + ": " + files + " files of no photo the records know",
                        "Delete them: likeness purge.");
            }
        }
    }

    private void log(Likeness likeness) {
        Optional<String> contradiction = likeness.log().contradiction();
        if (contradiction.isPresent()) {
            bad(contradiction.get(), "See what and where: likeness audit verify.");
        } else {
            ok(String.format(Locale.ROOT, "the log of %,d entries agrees with its head", likeness.auditSize()));
        }
    }

    private void ledger(Likeness likeness) {
        long entries = likeness.backups().checkLedger();
        ok(String.format(Locale.ROOT, "the deletion ledger of %,d entries is whole and was followed", entries));
    }

    private void model(Likeness likeness) {
        try {
            Path photo = Files.createTempFile("likeness-doctor-", ".jpg");
            try (InputStream content =
                    DefaultPack.openPhoto(DefaultPack.photos().getFirst())) {
                Files.copy(content, photo, StandardCopyOption.REPLACE_EXISTING);
                Probe probe = likeness.probe(photo, true);
                ok("decoder and model work: " + probe.faces().size() + " faces found in a photo of our own");
            } finally {
                Files.deleteIfExists(photo);
            }
        } catch (IOException e) {
            bad("a temporary file cannot be written: " + e.getMessage(), "Check the temporary folder.");
        }
    }

    private void ok(String what) {
        findings.add(new Finding(State.OK, what, Optional.empty()));
    }

    private void warn(String what, String advice) {
        findings.add(new Finding(State.WARN, what, Optional.of(advice)));
    }

    private void bad(String what, String advice) {
        findings.add(new Finding(State.BAD, what, Optional.of(advice)));
    }

    private void bad(LikenessException e) {
        bad(e.problem(), e.advice());
    }
}
