package org.likeness.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.Member;
import org.likeness.core.member.Membership;
import org.likeness.core.member.Role;
import org.likeness.core.rights.MemberDesk;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// `likeness member …`
@Command(
        name = "member",
        description = "Say who may use the web application, and what they may do where.",
        subcommands = {
            MemberCommand.ListAll.class,
            MemberCommand.Add.class,
            MemberCommand.Invite.class,
            MemberCommand.ChangeRole.class,
            MemberCommand.Disable.class,
            MemberCommand.Enable.class,
            MemberCommand.RemovePasskeys.class,
            MemberCommand.Remove.class
        })
final class MemberCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        throw usage("member needs to know what to do"
                + "\nSay: likeness member list, add, invite, role, disable, enable, remove-passkeys or remove.");
    }

    /// A role as it is written on the command line.
    static final class RoleWord implements ITypeConverter<Role> {
        @Override
        public Role convert(String text) {
            return Arrays.stream(Role.values())
                    .filter(role -> word(role).equals(text.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(text + " is not one of "
                            + Arrays.stream(Role.values())
                                    .map(MemberCommand::word)
                                    .collect(Collectors.joining(", "))));
        }
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// In which collection somebody has a role.
    static final class Where {
        @Option(
                names = "--collection",
                paramLabel = "NAME",
                description = "In which collection. Not for an owner; a privacy officer without one is it everywhere.")
        private Optional<String> name = Optional.empty();

        Optional<CollectionId> of(Likeness likeness) {
            return name.map(given -> likeness.collection(given).id());
        }
    }

    /// `likeness member list`
    @Command(name = "list", description = "List all members and their roles, by name.")
    static final class ListAll extends LikenessCommand {
        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                List<Member> members = likeness.members().members();
                for (Member member : members) {
                    out().line(member.name() + "  " + word(member.state()) + "  " + roles(likeness, member));
                }
                if (members.isEmpty()) {
                    out().line("There is no member yet. Make the first: likeness member add NAME --role owner");
                }
                out().document(Out.map(
                        "members",
                        members.stream()
                                .map(member -> describe(likeness, member))
                                .toList()));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness member add NAME`
    @Command(
            name = "add",
            description = "Invite somebody: prints a code, once, by which they choose a password.",
            footer = {"", "The code works once and for seven days. Whoever has it becomes this member: hand it over."})
    static final class Add extends LikenessCommand {
        @Parameters(paramLabel = "NAME", description = "Under which they sign in.")
        private String name;

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                required = true,
                converter = RoleWord.class,
                description = "owner, curator, contributor, privacy-officer or viewer.")
        private Role role;

        @Mixin
        private Where where;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                MemberDesk.Invited invited =
                        likeness.members().invite(name, List.of(new Membership(role, where.of(likeness))));
                out().line("Added member " + invited.member() + ", who can sign in after choosing a password.");
                print(invited, out());
                return ExitCode.OK;
            }
        }
    }

    /// `likeness member invite NAME`
    @Command(
            name = "invite",
            description = "Print a new code for a member who lost theirs, or their password; their sessions end.")
    static final class Invite extends LikenessCommand {
        @Parameters(paramLabel = "NAME", description = "Who.")
        private String name;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                MemberDesk members = likeness.members();
                print(members.inviteAgain(members.member(name).id()), out());
                return ExitCode.OK;
            }
        }
    }

    /// `likeness member role NAME`
    @Command(name = "role", description = "Give a member a role in a collection, or take it away.")
    static final class ChangeRole extends LikenessCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "Who.")
        private String name;

        @Parameters(
                index = "1",
                paramLabel = "ROLE",
                arity = "0..1",
                converter = RoleWord.class,
                description = "owner, curator, contributor, privacy-officer or viewer. It replaces the one there.")
        private Optional<Role> role = Optional.empty();

        @Option(names = "--none", description = "Take away the role they have there.")
        private boolean none;

        @Mixin
        private Where where;

        @Override
        ExitCode execute() {
            if (none == role.isPresent()) {
                throw usage("either a role or --none is needed\nSay: likeness member role NAME viewer --collection C.");
            }
            try (Likeness likeness = shared().open()) {
                MemberDesk members = likeness.members();
                Member member = members.member(name);
                members.setRole(member.id(), where.of(likeness), role);
                return show(likeness, members.member(member.id()), out());
            }
        }
    }

    /// `likeness member disable NAME`
    @Command(name = "disable", description = "Shut a member out at once: sessions end, tokens stop working.")
    static final class Disable extends LikenessCommand {
        @Parameters(paramLabel = "NAME", description = "Who.")
        private String name;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                MemberDesk members = likeness.members();
                Member member = members.member(name);
                members.setDisabled(member.id(), true);
                return show(likeness, members.member(member.id()), out());
            }
        }
    }

    /// `likeness member enable NAME`
    @Command(name = "enable", description = "Let a member in again who was shut out.")
    static final class Enable extends LikenessCommand {
        @Parameters(paramLabel = "NAME", description = "Who.")
        private String name;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                MemberDesk members = likeness.members();
                Member member = members.member(name);
                members.setDisabled(member.id(), false);
                return show(likeness, members.member(member.id()), out());
            }
        }
    }

    /// `likeness member remove-passkeys NAME`
    @Command(
            name = "remove-passkeys",
            description = "Remove all passkeys of a member who lost theirs; their sessions end.",
            footer = {
                "",
                "Make sure that it is them who ask. Where a second factor is demanded, they add a new one next."
            })
    static final class RemovePasskeys extends LikenessCommand {
        @Parameters(paramLabel = "NAME", description = "Who.")
        private String name;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Member member = likeness.members().member(name);
                int removed = likeness.members().removePasskeys(member.id());
                out().line("Removed " + removed + (removed == 1 ? " passkey." : " passkeys."));
                out().document(Out.map("member", member.id().toString(), "removed", removed));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness member remove NAME`
    @Command(
            name = "remove",
            description = "Remove a member and all they sign in with.",
            footer = {"", "What they did stays in the log, under an id that no longer names anybody."})
    static final class Remove extends LikenessCommand {
        @Parameters(paramLabel = "NAME", description = "Who.")
        private String name;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Member member = likeness.members().member(name);
                likeness.members().remove(member.id());
                out().line("Removed member " + member.id() + ".");
                out().document(Out.map("removed", member.id().toString()));
                return ExitCode.OK;
            }
        }
    }

    private static void print(MemberDesk.Invited invited, Out out) {
        out.line("Invitation, shown this once:  " + invited.code().text());
        out.line("They open, at the address of your Likeness:  /invitation/"
                + invited.code().text());
        out.document(Out.map(
                "member",
                invited.member().toString(),
                "code",
                invited.code().text(),
                "path",
                "/invitation/" + invited.code().text()));
    }

    private static ExitCode show(Likeness likeness, Member member, Out out) {
        out.line(member.name() + "  " + word(member.state()) + "  " + roles(likeness, member));
        out.document(describe(likeness, member));
        return ExitCode.OK;
    }

    private static String roles(Likeness likeness, Member member) {
        return member.memberships().isEmpty()
                ? "no role"
                : member.memberships().stream()
                        .map(one -> word(one.role())
                                + one.collection()
                                        .map(id ->
                                                " in " + likeness.collection(id).name())
                                        .orElse(""))
                        .collect(Collectors.joining(", "));
    }

    private static Map<String, Object> describe(Likeness likeness, Member member) {
        return Out.map(
                "member",
                member.id().toString(),
                "name",
                member.name(),
                "state",
                word(member.state()),
                "addedAt",
                member.addedAt().toString(),
                "roles",
                member.memberships().stream().map(one -> role(likeness, one)).toList());
    }

    private static Map<String, Object> role(Likeness likeness, Membership membership) {
        Map<String, Object> map = Out.map("role", word(membership.role()));
        membership
                .collection()
                .ifPresent(id -> map.put("collection", likeness.collection(id).name()));
        return map;
    }
}
