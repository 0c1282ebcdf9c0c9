package org.likeness.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Point;
import org.likeness.core.photo.Sha256;
import org.likeness.core.rights.DemandDesk;
import org.likeness.core.rights.DemandDesk.Pointed;
import org.likeness.core.rights.Eraser;
import org.likeness.library.Likeness;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness object PHOTO`
@Command(
        name = "object",
        description = {
            "Block a face for good, because somebody does not want to be found: they point at a photo.",
            "No selfie, no name and no document is needed. The photo stays; the face in it is found by nobody",
            "any more, in no collection, also when the photo is imported again.",
            "Where the photo has one face, nothing more need be said."
        })
final class ObjectCommand extends LikenessCommand {
    private static final Pattern PLACE = Pattern.compile("(\\d{1,6}(?:\\.\\d+)?),(\\d{1,6}(?:\\.\\d+)?)");

    @Parameters(paramLabel = "PHOTO", description = "The file, or the id of the photo.")
    private String photo;

    /// Which face.
    static final class Which {
        @Option(names = "--face", paramLabel = "N", description = "The face by its number, 1 for the largest.")
        Optional<Integer> number = Optional.empty();

        @Option(
                names = "--at",
                paramLabel = "X,Y",
                description = "The place of the face, in pixels from the left and top. Also where none was found.")
        Optional<String> place = Optional.empty();
    }

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private Which which = new Which();

    @Override
    ExitCode execute() {
        try (Likeness likeness = shared().open()) {
            DemandDesk.Received received = likeness.demands().object(content(likeness), pointed());
            Eraser.Outcome outcome = likeness.eraser().execute(received.demand().id());
            likeness.eraser().resume(false); // what was demanded of another process meanwhile
            boolean erased = outcome.attestation().isPresent();
            out().line("Blocked. Nobody finds this face any more.");
            out().line("Receipt: likeness receipt " + received.receipt());
            outcome.attestation()
                    .ifPresent(
                            proof -> out().line("Proof that what was kept of it is gone: likeness receipt " + proof));
            if (!erased) {
                out().line("What is kept of it could not all be deleted yet: likeness erase --resume");
            }
            Map<String, Object> document = Out.map(
                    "blocked", true,
                    "state", outcome.demand().state().word(),
                    "demand", received.demand().id().toString(),
                    "receipt", received.receipt().toString());
            outcome.attestation().ifPresent(proof -> document.put("attestation", proof.toString()));
            out().document(document);
            return erased ? ExitCode.OK : ExitCode.UNAVAILABLE;
        }
    }

    private Sha256 content(Likeness likeness) {
        Path file = Path.of(photo);
        if (Files.isRegularFile(file)) {
            return likeness.photoDesk().contentOf(file);
        }
        return likeness.photoDesk()
                .show(new PhotoId(Targets.uuid("photo, and no file", photo)))
                .photo()
                .sha256();
    }

    private Pointed pointed() {
        if (which.number.isPresent()) {
            return new Pointed.Numbered(which.number.get());
        }
        if (which.place.isEmpty()) {
            return new Pointed.Only();
        }
        String text = which.place.get();
        Matcher place = PLACE.matcher(text);
        if (!place.matches()) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    text + " is not a place\nWrite it as 640,210: pixels from the left" + " and from the top.");
        }
        return new Pointed.At(new Point(Double.parseDouble(place.group(1)), Double.parseDouble(place.group(2))));
    }
}
