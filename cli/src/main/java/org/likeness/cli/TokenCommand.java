package org.likeness.cli;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.member.ApiToken;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Right;
import org.likeness.core.member.TokenId;
import org.likeness.core.rights.SignInDesk;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// `likeness token …`
@Command(
        name = "token",
        description = "Let a program act for a member, with some of their rights and until a day.",
        subcommands = {TokenCommand.ListAll.class, TokenCommand.Make.class, TokenCommand.End.class})
final class TokenCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        throw usage("token needs to know what to do\nSay: likeness token list, make or end, and a member's name.");
    }

    /// A right as it is written on the command line.
    static final class RightWord implements ITypeConverter<Right> {
        @Override
        public Right convert(String text) {
            return Arrays.stream(Right.values())
                    .filter(right -> MemberCommand.word(right).equals(text.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(text + " is not one of "
                            + Arrays.stream(Right.values())
                                    .map(MemberCommand::word)
                                    .collect(Collectors.joining(", "))));
        }
    }

    /// `likeness token list MEMBER`
    @Command(name = "list", description = "List a member's tokens, newest first, those that ended too.")
    static final class ListAll extends LikenessCommand {
        @Parameters(paramLabel = "MEMBER", description = "Whose: the name they sign in with.")
        private String member;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                List<ApiToken> tokens = likeness.signIn()
                        .tokens(likeness.members().member(member).id());
                for (ApiToken token : tokens) {
                    out().line(token.id() + "  " + token.name() + "  until " + token.endsAt() + "  " + rights(token));
                }
                if (tokens.isEmpty()) {
                    out().line("They have no token.");
                }
                out().document(Out.map(
                        "tokens", tokens.stream().map(TokenCommand::describe).toList()));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness token make MEMBER`
    @Command(name = "make", description = "Make a token and print its secret, once.")
    static final class Make extends LikenessCommand {
        @Parameters(paramLabel = "MEMBER", description = "For whom it acts: the name they sign in with.")
        private String member;

        @Option(names = "--name", paramLabel = "TEXT", required = true, description = "What it is for.")
        private String name;

        @Option(
                names = "--right",
                paramLabel = "RIGHT",
                required = true,
                split = ",",
                converter = RightWord.class,
                description = "What it may do, such as see-photos. May be repeated. The member must have it too.")
        private Set<Right> rights = Set.of();

        @Option(
                names = "--until",
                paramLabel = "DATE",
                required = true,
                description = "The last day it works; at most a year from now.")
        private String until;

        @Option(names = "--collection", paramLabel = "NAME", description = "Only there (default: wherever they may).")
        private Optional<String> collection = Optional.empty();

        @Override
        ExitCode execute() {
            Instant endsAt = TermsOptions.dayAfter(until);
            try (Likeness likeness = shared().open()) {
                SignInDesk.Made made = likeness.signIn()
                        .makeToken(
                                likeness.members().member(member).id(),
                                name,
                                rights,
                                collection.map(
                                        given -> likeness.collection(given).id()),
                                endsAt);
                out().line("Made token " + made.token().id() + ".");
                out().line("Its secret, shown this once:  " + made.secret().text());
                Map<String, Object> document = describe(made.token());
                document.put("secret", made.secret().text());
                out().document(document);
                return ExitCode.OK;
            }
        }
    }

    /// `likeness token end MEMBER ID`
    @Command(name = "end", description = "End a token at once.")
    static final class End extends LikenessCommand {
        @Parameters(index = "0", paramLabel = "MEMBER", description = "Whose: the name they sign in with.")
        private String member;

        @Parameters(index = "1", paramLabel = "ID", description = "Which one; see likeness token list.")
        private String id;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                MemberId of = likeness.members().member(member).id();
                TokenId token = likeness.signIn().tokens(of).stream()
                        .map(ApiToken::id)
                        .filter(each -> each.toString().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "this member has no such token\nSee: likeness token list MEMBER."));
                likeness.signIn().endToken(of, token);
                out().line("Ended.");
                out().document(Out.map("ended", token.toString()));
                return ExitCode.OK;
            }
        }
    }

    private static String rights(ApiToken token) {
        return token.rights().stream().sorted().map(MemberCommand::word).collect(Collectors.joining(", "));
    }

    private static Map<String, Object> describe(ApiToken token) {
        Map<String, Object> map = Out.map(
                "token", token.id().toString(),
                "name", token.name(),
                "rights",
                        token.rights().stream()
                                .sorted()
                                .map(MemberCommand::word)
                                .toList(),
                "madeAt", token.madeAt().toString(),
                "endsAt", token.endsAt().toString());
        token.collection().ifPresent(id -> map.put("collection", id.toString()));
        token.usedAt().ifPresent(at -> map.put("usedAt", at.toString()));
        return map;
    }
}
