package org.likeness.core.consent;

import java.util.Locale;
import java.util.Optional;

/// What the answers to one choice come to at an instant. Made by [ConsentLedger] only. Immutable.
public final class Standing {
    /// Only the first lets anybody find the person.
    public enum State {
        GIVEN,
        REFUSED,
        /// Nobody answered, or what a minor's answer needs is missing. Counts as no.
        UNKNOWN,
        /// Taken back by the person or a guardian.
        WITHDRAWN,
        /// Ended by whoever runs the collection.
        REVOKED,
        EXPIRED,
        /// Rests: the terms changed in substance, or the person is restricted.
        SUSPENDED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Why it is so, and what could change it.
    public enum Reason {
        SAID_YES("they said yes", "Nothing needs to be done."),
        SAID_NO("they said no", "Respect it. Only a new answer of their own changes it."),
        TAKEN_BACK("it was withdrawn", "Respect it. Only a new answer of their own changes it."),
        ENDED_BY_CONTROLLER("whoever runs the collection ended it", "Ask them again: likeness consent give."),
        NOT_ASKED("nobody answered, which counts as no", "Ask them: likeness consent give."),
        NO_GUARDIAN("a minor needs a guardian", "Add one: likeness person guardian add."),
        GUARDIAN_NOT_TOLD("not every guardian was told", "Tell them, then: likeness person guardian notified."),
        GUARDIAN_ONLY_SPOKE(
                "no guardian's yes is in writing or recorded", "Get it in writing, then: likeness consent give."),
        TERM_OVER("its term is over", "Ask them again: likeness consent renew."),
        MAJORITY_REACHED("it was given for a minor who has come of age", "Ask them themselves: likeness consent give."),
        INACTIVE("nothing was heard of them for too long", "Ask them again: likeness consent renew."),
        TERMS_CHANGED(
                "purpose, controller or audience changed since", "Show them the new notice: likeness consent renew."),
        SUSPENDED("the person is suspended", "If the reason is gone: likeness person resume."),
        RESTRICTED(
                "the person is restricted, as was demanded",
                "If they agree, lift it: likeness unrestrict --person ID. While they are erased nothing lifts it."),
        FORGOTTEN("the person was erased", "Nothing is held to ask them by.");

        private final String words;
        private final String advice;

        Reason(String words, String advice) {
            this.words = words;
            this.advice = advice;
        }

        public String words() {
            return words;
        }

        public String advice() {
            return advice;
        }
    }

    private final State state;
    private final Reason reason;
    private final Optional<ConsentEvent> given;

    private Standing(State state, Reason reason, Optional<ConsentEvent> given) {
        this.state = state;
        this.reason = reason;
        this.given = given;
    }

    static Standing of(State state, Reason reason) {
        return new Standing(state, reason, Optional.empty());
    }

    static Standing given(ConsentEvent event) {
        return new Standing(State.GIVEN, Reason.SAID_YES, Optional.of(event));
    }

    public State state() {
        return state;
    }

    public Reason reason() {
        return reason;
    }

    public boolean isGiven() {
        return state == State.GIVEN;
    }

    /// The yes it rests on.
    Optional<ConsentEvent> given() {
        return given;
    }

    @Override
    public String toString() {
        return "Standing[" + state + " " + reason.name().toLowerCase(Locale.ROOT) + "]";
    }
}
