package org.likeness.core.photo;

/// Where on earth a photo was taken, by the file's own word (WGS 84). Immutable.
///
/// @param latitude degrees, north is positive
/// @param longitude degrees, east is positive
public record Place(double latitude, double longitude) {
    public Place {
        if (!(latitude >= -90 && latitude <= 90) || !(longitude >= -180 && longitude <= 180)) {
            throw new IllegalArgumentException("a place must lie within 90 degrees of latitude and 180 of longitude");
        }
    }

    /// Where somebody was is not printed.
    @Override
    public String toString() {
        return "Place";
    }
}
