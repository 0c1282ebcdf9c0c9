package org.likeness.core.member;

import java.time.Instant;
import java.util.Optional;

/// A public key by which a member's device proves that it is theirs (WebAuthn level 3). Immutable; its bytes are
/// copied.
///
/// @param label what the member calls it
public record Passkey(
        MemberId member, String credential, String label, Credential key, Instant addedAt, Optional<Instant> usedAt) {
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
            String attestationClientData) {}

    /// Whose key it is is nobody's business.
    @Override
    public String toString() {
        return "Passkey[" + member + "]";
    }
}
