package org.likeness.core.member;

import java.time.Instant;
import java.util.Optional;
import org.likeness.core.LikenessException;

/// A public key by which a member's device proves that it is theirs (WebAuthn level 3). Immutable; its bytes are
/// copied.
///
/// @param label what the member calls it
public record Passkey(
        MemberId member, String credential, String label, Credential key, Instant addedAt, Optional<Instant> usedAt) {
    /// So many a member may have.
    public static final int EACH_MAX = 20;

    public Passkey {
        label = label.strip();
        if (label.isEmpty() || label.length() > 100) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "a passkey needs a name of at most 100 characters"
                                    + "\nName the device or the manager that keeps it.")
                    .called("passkey.name");
        }
    }

    /// The same passkey after it was used.
    public Passkey used(Instant at, long signCount, boolean backedUp) {
        Credential after = new Credential(
                key.publicKey,
                signCount,
                key.verified,
                key.backupEligible,
                backedUp,
                key.transports,
                key.attestation,
                key.attestationClientData);
        return new Passkey(member, credential, label, after, addedAt, Optional.of(at));
    }

    /// What the authenticator said of itself. Bytes are base64url without padding.
    ///
    /// @param publicKey COSE
    /// @param transports words of the WebAuthn list, separated by commas
    public record Credential(
            String publicKey,
            long signCount,
            boolean verified,
            boolean backupEligible,
            boolean backedUp,
            String transports,
            String attestation,
            String attestationClientData) {
        /// Whether a device that was used this often can be the one that was here last: the count
        /// goes up, or the device does not count.
        public boolean isFollowedBy(long count) {
            return (count == 0 && signCount == 0) || count > signCount;
        }
    }

    /// Whose key it is is nobody's business.
    @Override
    public String toString() {
        return "Passkey[" + member + "]";
    }
}
