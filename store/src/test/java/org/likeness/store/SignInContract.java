package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException.Kind;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Passkey;
import org.likeness.core.member.Right;
import org.likeness.core.member.Role;
import org.likeness.core.member.SecondFactor;
import org.likeness.core.member.Session;
import org.likeness.core.member.SignIn;
import org.likeness.core.member.Way;
import org.likeness.core.rights.SignInDesk;

/// What the records do for the ways in which members sign in.
abstract class SignInContract extends MembersContract {
    @Test
    void a_session_that_lacks_a_demanded_factor_has_no_right_and_adds_no_passkey_beside_another() {
        MemberId anna = active("anna", OWNER);
        MemberId ben = active("ben", in(collection("ours"), Role.VIEWER));
        SignInDesk demanding = signIn(Duration.ZERO, SecondFactor.REQUIRED);
        String secret = signIn().begin(anna, Way.PASSWORD, "browser").secret().text();
        SignInDesk.Arrival half = demanding.bySession(secret).orElseThrow();
        assertThat(half.half()).isTrue();
        assertThat(Right.values()).noneMatch(half.access()::maySomewhere);
        assertThat(signIn().bySession(secret).orElseThrow().half()).isFalse();
        SignInDesk ofOwners = signIn(Duration.ZERO, SecondFactor.OWNERS);
        assertThat(ofOwners.bySession(secret).orElseThrow().half()).isTrue();
        String bens = signIn().begin(ben, Way.PROVIDER, "browser").secret().text();
        assertThat(ofOwners.bySession(bens).orElseThrow().half()).isFalse();
        assertThat(demanding.bySession(bens).orElseThrow().half()).isTrue();
        String whole = signIn().begin(anna, Way.PASSKEY, "browser").secret().text();
        assertThat(demanding.bySession(whole).orElseThrow().half()).isFalse();

        Passkey.Credential key = new Passkey.Credential("a2V5", 7, true, true, false, "internal", "YXR0", "Y2xp");
        demanding.add(new Passkey(anna, "b25l", "first", key, Samples.NOW, Optional.empty()), true);
        Passkey second = new Passkey(anna, "dHdv", "second", key, Samples.NOW, Optional.empty());
        fails(Kind.REFUSED, () -> demanding.add(second, true));
        demanding.add(second, false);
        assertThat(desk().removePasskeys(anna)).isEqualTo(2);
        assertThat(signIn().passkeys(anna)).isEmpty();
        assertThat(signIn().sessions(anna)).isEmpty();
    }

    @Test
    void the_last_sign_ins_of_a_member_are_kept_and_what_a_stranger_tries_is_in_no_log() {
        MemberId anna = active("anna", OWNER);
        signIn().begin(anna, Way.PASSKEY, "Firefox");
        long log = records.read(tx -> tx.auditSize());
        signIn(Duration.ofSeconds(1)).failed(anna, Way.PASSWORD, "x".repeat(300));
        signIn().failed(MemberId.next(), Way.PASSWORD, "nobody has this id");
        assertThat(records.<Long>read(tx -> tx.auditSize())).isEqualTo(log);
        assertThat(signIn().signIns(anna)).extracting(SignIn::succeeded).containsExactly(false, true);
        assertThat(signIn().signIns(anna).getFirst().device()).hasSize(Session.DEVICE_MAX);
        for (int times = 0; times < SignIn.EACH_MAX; times++) {
            signIn(Duration.ofMinutes(times + 1)).failed(anna, Way.PASSWORD, "Edge");
        }
        assertThat(signIn().signIns(anna))
                .hasSize(SignIn.EACH_MAX)
                .noneMatch(SignIn::succeeded)
                .isSortedAccordingTo(Comparator.comparing(SignIn::at).reversed());
        signIn(SignIn.KEPT.plusDays(1)).begin(anna, Way.PASSWORD, "browser");
        assertThat(signIn().signIns(anna)).hasSize(1);
    }

    @Test
    void the_end_of_a_link_ends_the_sessions_that_began_by_it_and_no_other() {
        MemberId anna = active("anna", OWNER);
        desk().link(anna, "https://id.example.org", Optional.of("subject-7"));
        assertThat(desk().linked("https://id.example.org")).containsExactly(anna);
        String own = signIn().begin(anna, Way.PASSKEY, "own").secret().text();
        String theirs = signIn().begin(anna, Way.PROVIDER, "theirs").secret().text();
        String strong =
                signIn().begin(anna, Way.PROVIDER_FACTORS, "theirs").secret().text();
        desk().link(anna, "https://id.example.org", Optional.empty());
        assertThat(desk().linked("https://id.example.org")).isEmpty();
        assertThat(signIn().bySession(own)).isPresent();
        assertThat(signIn().bySession(theirs)).isEmpty();
        assertThat(signIn().bySession(strong)).isEmpty();
    }
}
