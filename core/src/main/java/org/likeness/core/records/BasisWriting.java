package org.likeness.core.records;

import org.likeness.core.collection.Basis;

/// What can be changed about what collections rest on. As [WriteTransaction] says.
public interface BasisWriting extends BasisReading {
    /// @throws org.likeness.core.LikenessException BAD_INPUT when its notice was not published; also when it is not
    ///     the next version
    void add(Basis basis);
}
