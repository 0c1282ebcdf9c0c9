package org.likeness.core.collection;

import java.time.Duration;
import java.time.Period;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whom a collection is for. It sets what may be kept of a face and for which purposes anybody may
/// search.
public enum Profile {
    /// One private person or family, nothing public: everyone in it may be found by its members.
    HOUSEHOLD(true, null, EnumSet.of(Purpose.PERSONAL)),
    /// Events, schools, clubs, firms (the default). A template of a stranger is never stored: faces are
    /// compared in
    /// memory, for the person who asks for their own photos, and are gone.
    EVENT(false, null, EnumSet.of(Purpose.FIND_MYSELF, Purpose.FIND_CONSENTING)),
    /// Museums, newsrooms, research: templates are kept, sealed, and end after [#templateTerm()].
    ARCHIVE(true, Duration.ofDays(365), EnumSet.of(Purpose.CATALOGUE));

    private final boolean keepsUnknownTemplates;
    private final @Nullable Duration templateTerm;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable set
    private final Set<Purpose> purposes;

    Profile(boolean keepsUnknownTemplates, @Nullable Duration templateTerm, Set<Purpose> purposes) {
        this.keepsUnknownTemplates = keepsUnknownTemplates;
        this.templateTerm = templateTerm;
        this.purposes = Collections.unmodifiableSet(purposes);
    }

    /// Whether the template of a face nobody has vouched for may be stored at all.
    public boolean keepsUnknownTemplates() {
        return keepsUnknownTemplates;
    }

    /// How long a kept template lives from its creation; empty: while its collection exists.
    public Optional<Duration> templateTerm() {
        return Optional.ofNullable(templateTerm);
    }

    /// The longest a basis may let a template live; empty: a household declares nothing.
    public Optional<Period> templateMax() {
        return switch (this) {
            case HOUSEHOLD -> Optional.empty();
            case EVENT -> Optional.of(Retention.INACTIVITY_MAX);
            case ARCHIVE -> Optional.of(Period.ofDays(365));
        };
    }

    /// The purposes a search may name here, in the order of [Purpose].
    public Set<Purpose> purposes() {
        return purposes;
    }

    /// The profile in the words of commands and pages: `household`, `event`, `archive`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
