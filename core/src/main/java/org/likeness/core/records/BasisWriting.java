package org.likeness.core.records;

import org.likeness.core.collection.Basis;

/// What can be changed about what collections rest on. As [WriteTransaction] says.
public interface BasisWriting extends BasisReading {
    /// @throws org.likeness.core.LikenessException CONFLICT when the version exists; BAD_INPUT when its
    ///     notice was not published
    void add(Basis basis);
}
