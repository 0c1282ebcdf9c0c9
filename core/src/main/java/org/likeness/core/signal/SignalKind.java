package org.likeness.core.signal;

/// The statements that are known. `docs/guides/signals.md` says what comes of each.
public enum SignalKind {
    /// `plus:DataMining` (IPTC 2023.1): a key of the PLUS vocabulary.
    PLUS_DATA_MINING,
    /// An entry of a C2PA assertion `cawg.training-mining` or `c2pa.training-mining`: `entry=use`.
    TRAINING_MINING,
    /// `tdm:reservation` (TDMRep): `1` reserves, `0` does not; anything else says nothing.
    TDM_RESERVATION,
    /// `tdm:policy`: where the terms of a reservation are.
    TDM_POLICY,
    /// `plus:ModelReleaseStatus` and `plus:ModelReleaseID`. Never a consent to be found.
    MODEL_RELEASE,
    /// `plus:MinorModelAgeDisclosure`, or the years of a model as a number.
    MINOR_DISCLOSURE,
    /// `xmpRights:Marked`.
    RIGHTS_MARKED,
    /// `xmpRights:UsageTerms`.
    USAGE_TERMS,
    /// `xmpRights:WebStatement` and `xmpRights:Certificate`.
    RIGHTS_ADDRESS,
    /// `xmpRights:Owner`, `plus:CopyrightOwner` and `plus:Licensor`.
    RIGHTS_OWNER,
    /// `dc:rights`, IIM 2:116 or the EXIF copyright.
    COPYRIGHT,
    /// `dc:creator` and `photoshop:Credit`.
    CREATOR,
    /// `cc:license`. Licenses copyright only.
    CC_LICENSE,
    /// How many names of people the metadata claims; the names themselves are dropped.
    CLAIMED_NAMES,
    /// A container of signals that is damaged or of an unknown form; the value says which.
    SIGNALS_UNKNOWN,
    /// Not from the file: it looks nearly like a photo that is blocked, so a person must look.
    NEAR_MATCH
}
