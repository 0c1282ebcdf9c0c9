package org.likeness.core.audit;

/// Something wrong with the log, and where. Immutable.
///
/// @param first position of the first entry it may concern; 0 when it concerns none in particular
/// @param last position of the last one
/// @param what in words; ids and positions only
public record LogFinding(Kind kind, long first, long last, String what) {
    /// What can be wrong.
    public enum Kind {
        /// An entry's text is not what was hashed.
        ENTRY_CHANGED,
        /// Entries are not there, although no pruning explains it.
        ENTRY_MISSING,
        /// The tree does not follow from the entries: they were changed, swapped or put in afterwards.
        TREE_CHANGED,
        /// The log is shorter than a state that was signed.
        ROLLED_BACK,
        /// The log has other entries than those that were signed.
        REWRITTEN,
        /// Something is not signed by the log's key.
        NOT_SIGNED,
        /// The log's key or head is not there, or is damaged.
        KEY_OR_HEAD,
        /// A statement's text is not the one the log committed to.
        STATEMENT_CHANGED,
        /// A receipt does not hold by itself.
        RECEIPT_INVALID
    }
}
