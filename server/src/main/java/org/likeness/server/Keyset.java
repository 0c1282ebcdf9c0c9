package org.likeness.server;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.likeness.core.LikenessException;

/// A page of a list that is read on from the last thing seen, so that what is added or deleted in
/// between shifts nothing. Immutable.
///
/// @param next the key to go on after; empty at the end
record Keyset<K, T>(List<T> some, Optional<K> next) {
    static final int LIMIT_MAX = 500;

    Keyset {
        some = List.copyOf(some);
    }

    /// How many to give, when so many were asked for.
    ///
    /// @throws QueryRules.Broken when it is not from 1 to 500
    static int limit(int asked) {
        if (asked < 1 || asked > LIMIT_MAX) {
            throw QueryRules.Broken.range("limit", LIMIT_MAX);
        }
        return asked;
    }

    /// The page after a key, of all there are.
    ///
    /// @throws LikenessException NOT_FOUND when nothing has that key any more
    static <K, T> Keyset<K, T> of(List<T> all, Function<T, K> key, Optional<K> after, int limit) {
        int from = after.map(last -> indexAfter(all, key, last)).orElse(0);
        int to = Math.min(all.size(), from + limit(limit));
        return new Keyset<>(
                all.subList(from, to), to < all.size() ? Optional.of(key.apply(all.get(to - 1))) : Optional.empty());
    }

    private static <K, T> int indexAfter(List<T> all, Function<T, K> key, K last) {
        for (int i = 0; i < all.size(); i++) {
            if (key.apply(all.get(i)).equals(last)) {
                return i + 1;
            }
        }
        throw new LikenessException(
                        LikenessException.Kind.NOT_FOUND, "there is nothing to go on from here any more\nBegin again.")
                .called("page.gone");
    }
}
