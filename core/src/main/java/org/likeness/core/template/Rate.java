package org.likeness.core.template;

import org.likeness.core.LikenessException;

/// How often something may happen, such as "one in a thousand searches": within (0, 1). Immutable.
public record Rate(double value) {
    public Rate {
        if (!(value > 0 && value < 1)) {
            throw bad(String.valueOf(value));
        }
    }

    /// Reads `1/1000` or `0.001`.
    ///
    /// @throws LikenessException BAD_INPUT for anything else
    public static Rate parse(String text) {
        try {
            int slash = text.indexOf('/');
            if (slash < 0) {
                return new Rate(Double.parseDouble(text));
            }
            return new Rate(
                    Double.parseDouble(text.substring(0, slash)) / Double.parseDouble(text.substring(slash + 1)));
        } catch (NumberFormatException _) {
            throw bad(text);
        }
    }

    private static LikenessException bad(String text) {
        return new LikenessException(
                        LikenessException.Kind.BAD_INPUT,
                        "rate must be more than 0 and less than 1 but is " + text + "\nWrite it as 1/1000 or 0.001.")
                .called("rate.form", text);
    }

    /// As people say it: `1 in 1,000`.
    public String words() {
        return inWords(value);
    }

    /// A share as "1 in N", N rounded to two significant digits.
    public static String inWords(double share) {
        if (!(share > 0)) {
            throw new IllegalArgumentException("share must be positive but is " + share);
        }
        double n = 1 / share;
        if (n < 10) {
            String one = String.format(java.util.Locale.ROOT, "1 in %.1f", n);
            return one.endsWith(".0") ? one.substring(0, one.length() - 2) : one;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(n)) - 1);
        return String.format(java.util.Locale.ROOT, "1 in %,.0f", Math.round(n / unit) * unit);
    }
}
