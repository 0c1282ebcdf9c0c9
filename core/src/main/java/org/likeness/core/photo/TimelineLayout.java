package org.likeness.core.photo;

import java.time.YearMonth;
import java.util.List;

/// The whole order of a collection's photos in a few bytes each, from which the rows of a page of
/// small pictures can be
/// computed before any picture is known. Immutable; its bytes are copied.
public final class TimelineLayout {
    /// Photos from one start to the next.
    public static final int PAGE = 200;

    private static final int STEPS = 40;

    private final List<Month> months;
    private final byte[] shapes;
    private final List<TimelinePosition> starts;

    /// How many photos there are of a month.
    public record Month(YearMonth month, int photos) {}

    /// @param months newest first
    /// @param shapes of each photo, see [#shape]
    /// @param starts of each [#PAGE] photos the first
    public TimelineLayout(List<Month> months, byte[] shapes, List<TimelinePosition> starts) {
        this.months = List.copyOf(months);
        this.shapes = shapes.clone();
        this.starts = List.copyOf(starts);
    }

    /// Width over height in fortieths, from 1 to 255: enough to reserve the right space.
    public static byte shape(int width, int height) {
        return (byte) Math.clamp(Math.round((double) STEPS * width / height), 1, 255);
    }

    public List<Month> months() {
        return months;
    }

    public byte[] shapes() {
        return shapes.clone();
    }

    public int photos() {
        return shapes.length;
    }

    public List<TimelinePosition> starts() {
        return starts;
    }
}
