package org.likeness.core.member;

/// By what a member proved who they are when a session began.
public enum Way {
    PASSWORD(false),
    /// A one-time code, by which they then chose a password.
    INVITATION(false),
    /// The device made sure that its owner used it: something they have, and something they know or are.
    PASSKEY(true),
    /// A provider of OpenID Connect vouched for them.
    PROVIDER(false),
    /// It also said that it asked for more than one factor.
    PROVIDER_FACTORS(true);

    private final boolean twoFactors;

    Way(boolean twoFactors) {
        this.twoFactors = twoFactors;
    }

    public boolean hasTwoFactors() {
        return twoFactors;
    }

    /// Whether somebody else vouched, so that the session ends when their word counts no more.
    public boolean isByProvider() {
        return this == PROVIDER || this == PROVIDER_FACTORS;
    }
}
