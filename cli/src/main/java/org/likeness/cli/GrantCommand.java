package org.likeness.cli;

import java.util.Locale;
import java.util.Map;
import org.likeness.core.LikenessException;
import org.likeness.core.rights.SourceDesk;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `likeness source grant …`
@Command(
        name = "grant",
        description = "Give, end or succeed a source's grant. A grant itself never changes.",
        subcommands = {GrantCommand.Give.class, GrantCommand.End.class, GrantCommand.Succeed.class})
final class GrantCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        throw usage("source grant needs to know what to do\nSay: likeness source grant give, end or succeed.");
    }

    /// `likeness source grant give NAME`
    @Command(name = "give", description = "Record a further grant of a source; those it has stay.")
    static final class Give extends LikenessCommand {
        @Mixin
        private SourceCommand.Which which;

        @Mixin
        private TermsOptions terms;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Grant grant = likeness.sources().give(which.of(likeness), terms.read());
                out().line("Grant " + grant.id() + " allows: " + SourceCommand.words(grant) + ".");
                out().document(SourceCommand.describe(grant));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness source grant end ID`
    @Command(
            name = "end",
            description = "End a grant: from now on nothing held under it is used.",
            footer = {"", "What is held under it is deleted within the days of the setting purge.days."})
    static final class End extends LikenessCommand {
        @Parameters(paramLabel = "ID", description = "Which one; see: likeness source show NAME.")
        private String id;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Grant grant = likeness.sources().end(id(id));
                out().line("Grant " + grant.id() + " has ended. Nothing held under it is used any more.");
                out().document(SourceCommand.describe(grant));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness source grant succeed ID`
    @Command(name = "succeed", description = "Put a new grant of the same source in the place of one.")
    static final class Succeed extends LikenessCommand {
        @Parameters(paramLabel = "ID", description = "Which one ends; see: likeness source show NAME.")
        private String id;

        @Mixin
        private TermsOptions terms;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                SourceDesk.Succeeded done = likeness.sources().succeed(id(id), terms.read());
                out().line(String.format(
                        Locale.ROOT,
                        "Grant %s succeeds it; %,d photos are held under it now.",
                        done.grant().id(),
                        done.photos()));
                Map<String, Object> map = SourceCommand.describe(done.grant());
                map.put("photos", done.photos());
                out().document(map);
                return ExitCode.OK;
            }
        }
    }

    private static GrantId id(String text) {
        try {
            return GrantId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    text + " is not the id of a grant\nSee the ids with: likeness source show NAME.",
                    e);
        }
    }
}
