package org.likeness.core.member;

/// Of whom more than one factor is demanded when they sign in.
public enum SecondFactor {
    /// Of nobody; everybody may have a passkey.
    OPTIONAL,
    /// Of owners.
    OWNERS,
    /// Of everybody.
    REQUIRED;

    /// Whether a session of this member that began this way lacks one.
    public boolean isMissing(Member member, Way way) {
        boolean asked = switch (this) {
            case OPTIONAL -> false;
            case OWNERS -> member.isOwner();
            case REQUIRED -> true;
        };
        return asked && !way.hasTwoFactors();
    }
}
