package org.likeness.core.signal;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The closed table of what each value does, and the rule that joins them: the most restrictive wins, absence is never
/// permission, and what is not understood counts as a refusal. Stateless.
public final class Signals {
    private static final int ADULT_YEARS = 18;
    private static final Pattern DISCLOSED_YEARS = Pattern.compile("(?:AG-A)?(\\d{1,3})");

    private static final Set<String> NOT_RESERVED = Set.of("DMI-UNSPECIFIED", "DMI-ALLOWED");
    private static final Set<String> TRAINING_ONLY =
            Set.of("DMI-PROHIBITED-AIMLTRAINING", "DMI-PROHIBITED-GENAIMLTRAINING");
    private static final Set<String> TRAINING_ENTRIES = Set.of("ai_training", "ai_generative_training");

    private Signals() {}

    /// What the signals of one photo come to. There is no verdict that allows anything: a photo that is not kept
    /// out
    /// still needs its grant.
    ///
    /// @param effects all effects that apply, without [Effect#RECORDED]
    public record Verdict(Set<Effect> effects) {
        public Verdict {
            effects = Set.copyOf(effects);
        }

        /// Whether a person must decide before any face is looked for.
        public boolean quarantines() {
            return effects.contains(Effect.QUARANTINE);
        }
    }

    /// A signal with the effect of its value.
    ///
    /// @param value as it stands in the file; must hold something besides blanks and control characters
    public static Signal seen(SignalKind kind, String value) {
        String plain = clean(value);
        return new Signal(kind, plain, effect(kind, plain));
    }

    /// A value as it can be kept: control characters become blanks, blanks at the ends go, 500 characters at most.
    public static String clean(String value) {
        StringBuilder plain = new StringBuilder();
        value.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(plain::appendCodePoint);
        String stripped = plain.toString().strip();
        if (stripped.length() <= Signal.VALUE_LENGTH_MAX) {
            return stripped;
        }
        boolean splitsPair = Character.isHighSurrogate(stripped.charAt(Signal.VALUE_LENGTH_MAX - 1));
        return stripped.substring(0, Signal.VALUE_LENGTH_MAX - (splitsPair ? 1 : 0))
                .strip();
    }

    /// Joins the signals of a photo. Order and repetition do not matter.
    public static Verdict decide(Collection<Signal> signals) {
        EnumSet<Effect> effects = EnumSet.noneOf(Effect.class);
        signals.forEach(signal -> effects.add(signal.effect()));
        effects.remove(Effect.RECORDED);
        return new Verdict(effects);
    }

    /// Of these, those that keep the photo out.
    public static List<Signal> refusals(Collection<Signal> signals) {
        return signals.stream()
                .filter(signal -> signal.effect() == Effect.QUARANTINE)
                .toList();
    }

    private static Effect effect(SignalKind kind, String value) {
        return switch (kind) {
            case PLUS_DATA_MINING -> dataMining(lastSegment(value));
            case TRAINING_MINING -> trainingMining(value);
            case TDM_RESERVATION -> value.equals("1") ? Effect.QUARANTINE : Effect.RECORDED;
            case MINOR_DISCLOSURE -> minor(lastSegment(value)) ? Effect.MINOR : Effect.RECORDED;
            case SIGNALS_UNKNOWN, NEAR_MATCH -> Effect.QUARANTINE;
            case TDM_POLICY,
                    MODEL_RELEASE,
                    RIGHTS_MARKED,
                    USAGE_TERMS,
                    RIGHTS_ADDRESS,
                    RIGHTS_OWNER,
                    COPYRIGHT,
                    CREATOR,
                    CC_LICENSE,
                    CLAIMED_NAMES -> Effect.RECORDED;
        };
    }

    /// A key that is not in the vocabulary is treated as a prohibition nobody here knows yet.
    private static Effect dataMining(String key) {
        if (NOT_RESERVED.contains(key)) {
            return Effect.RECORDED;
        }
        return TRAINING_ONLY.contains(key) ? Effect.NO_EVALUATION : Effect.QUARANTINE;
    }

    /// `constrained` counts as not allowed, because nothing more is known of the constraint.
    private static Effect trainingMining(String entryAndUse) {
        int equals = entryAndUse.indexOf('=');
        if (equals > 0 && entryAndUse.substring(equals + 1).equals("allowed")) {
            return Effect.RECORDED;
        }
        boolean trainingOnly = equals > 0 && TRAINING_ENTRIES.contains(entryAndUse.substring(0, equals));
        return trainingOnly ? Effect.NO_EVALUATION : Effect.QUARANTINE;
    }

    /// 17 years and below, and whatever is not understood.
    private static boolean minor(String key) {
        if (key.equals("AG-UNK")) {
            return false;
        }
        Matcher years = DISCLOSED_YEARS.matcher(key);
        return !years.matches() || Integer.parseInt(years.group(1)) < ADULT_YEARS;
    }

    /// Vocabulary values are written as a bare key or as an address that ends with it.
    private static String lastSegment(String value) {
        String path = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
        return path.substring(path.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT);
    }
}
