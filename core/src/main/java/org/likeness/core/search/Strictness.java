package org.likeness.core.search;

import org.likeness.core.template.Rate;

/// How strict a search is beside the usual one, in steps that people can choose: each is a rate, never a score.
public enum Strictness {
    STRICTER,
    USUAL,
    LOOSER;

    /// A tenth or ten times the usual rate; the looser one is at most one half, unless the usual is more.
    public Rate of(Rate usual) {
        return switch (this) {
            case STRICTER -> new Rate(usual.value() / 10);
            case USUAL -> usual;
            case LOOSER -> new Rate(Math.max(usual.value(), Math.min(0.5, usual.value() * 10)));
        };
    }
}
