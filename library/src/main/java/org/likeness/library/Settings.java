package org.likeness.library;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.member.SecondFactor;
import org.likeness.core.template.Rate;

/// How this instance runs. Whatever the file can set, code can set. Immutable.
///
/// @param data where everything is kept
/// @param keys where the collections' keys are kept
/// @param model name of the pack that new collections use
/// @param megapixelsMax photos with more pixels (in millions) are refused
/// @param megabytesMax larger files (in MiB) are refused
/// @param previewMegabytesMax so much room (in MiB) kept previews may take
/// @param threads threads that decode and infer, at least 1
/// @param imports what may be imported by itself
/// @param purgeDays within so many days after the end of a grant, what was held under it is deleted
/// @param maxFalse how often a stranger's search may return anyone
/// @param ownSearchesPerDay how often a person may be searched for on their own behalf in 24 hours
/// @param breachTerm how long after a breach was noticed the authority must have been told
/// @param web how the web application listens
public record Settings(
        Path data,
        Path keys,
        String model,
        int megapixelsMax,
        int megabytesMax,
        int previewMegabytesMax,
        int threads,
        ImportSettings imports,
        int purgeDays,
        Rate maxFalse,
        int ownSearchesPerDay,
        Duration breachTerm,
        WebSettings web) {
    /// The name of the settings file in the data directory.
    public static final String FILE = "likeness.properties";

    private static final String ENVIRONMENT_DATA = "LIKENESS_DATA";

    /// Defaults over a data directory.
    public static Settings of(Path data) {
        return read(data, Map.of(), Map.of());
    }

    /// Reads settings: defaults, then the file in the data directory, then the environment, then the
    /// overrides.
    ///
    /// @throws LikenessException BAD_INPUT naming every unknown key and every wrong value at once
    public static Settings read(Path data, Map<String, String> environment, Map<Setting, String> overrides) {
        List<String> problems = new ArrayList<>();
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, setting.standard());
        }
        readFile(data.resolve(FILE), values, problems);
        readEnvironment(environment, values, problems);
        values.putAll(overrides);
        Settings settings = new Parser(values, problems).parse(data);
        if (!problems.isEmpty()) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "settings cannot be used:\n  " + String.join("\n  ", problems) + "\nCorrect " + FILE
                            + " in the data directory or the environment; see: likeness config --sample.");
        }
        return settings;
    }

    private static void readFile(Path file, Map<Setting, String> values, List<String> problems) {
        if (!Files.exists(file)) {
            return;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(FILE + " cannot be read: " + e.getMessage());
            return;
        }
        for (String key : properties.stringPropertyNames()) {
            Setting known = null;
            for (Setting setting : Setting.values()) {
                if (setting.key().equals(key)) {
                    known = setting;
                }
            }
            if (known == null) {
                problems.add(FILE + ": unknown setting " + key);
            } else {
                values.put(known, properties.getProperty(key).strip());
            }
        }
    }

    /// Variables the launcher reads are known; any other that starts like ours is a typing error.
    private static void readEnvironment(
            Map<String, String> environment, Map<Setting, String> values, List<String> problems) {
        List<String> launcher = List.of(
                ENVIRONMENT_DATA, "LIKENESS_JAVA_HOME", "LIKENESS_JAVA_OPTS", "LIKENESS_PHOTOS", "LIKENESS_MODELS");
        Map<String, Setting> known = new java.util.HashMap<>();
        for (Setting setting : Setting.values()) {
            known.put(setting.environmentVariable(), setting);
        }
        environment.forEach((name, value) -> {
            Setting setting = known.get(name);
            if (setting != null) {
                values.put(setting, value.strip());
            } else if (name.startsWith("LIKENESS_") && !launcher.contains(name)) {
                problems.add("unknown environment variable " + name + "; known: "
                        + known.keySet().stream().sorted().collect(Collectors.joining(", ")));
            }
        });
    }

    /// The value of a setting as it would stand in the file.
    public String value(Setting setting) {
        return switch (setting) {
            case KEYS -> keys.toString();
            case MODEL -> model;
            case MEGAPIXELS_MAX -> String.valueOf(megapixelsMax);
            case MEGABYTES_MAX -> String.valueOf(megabytesMax);
            case PREVIEWS_MAX -> String.valueOf(previewMegabytesMax);
            case THREADS -> String.valueOf(threads);
            case IMPORT_FOLDERS ->
                imports.folders().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
            case WATCH_SECONDS -> String.valueOf(imports.watchEvery().toSeconds());
            case PURGE_DAYS -> String.valueOf(purgeDays);
            case MAX_FALSE -> "1/" + Math.round(1 / maxFalse.value());
            case OWN_SEARCHES -> String.valueOf(ownSearchesPerDay);
            case BREACH_HOURS -> String.valueOf(breachTerm.toHours());
            case SERVER_HOST -> web.host();
            case SERVER_PORT -> String.valueOf(web.port());
            case SERVER_URL -> web.url();
            case SERVER_CERTIFICATE ->
                web.tls().map(tls -> tls.certificate().toString()).orElse("");
            case SERVER_KEY -> web.tls().map(tls -> tls.key().toString()).orElse("");
            case SERVER_FORWARDED -> String.valueOf(web.forwarded());
            case SERVER_OIDC_ISSUER -> web.oidc().map(WebSettings.Oidc::issuer).orElse("");
            case SERVER_OIDC_CLIENT -> web.oidc().map(WebSettings.Oidc::client).orElse("");
            case SERVER_OIDC_SECRET ->
                web.oidc().map(oidc -> oidc.secret().toString()).orElse("");
            case SERVER_SECOND_FACTOR -> web.secondFactor().name().toLowerCase(Locale.ROOT);
        };
    }

    /// Turns words into values, collecting what is wrong with each.
    private record Parser(Map<Setting, String> values, List<String> problems) {
        private static final int MANY = 1_000_000;

        Settings parse(Path data) {
            String keys = get(Setting.KEYS);
            int threads = number(Setting.THREADS, 0, 1024);
            return new Settings(
                    data,
                    keys.isEmpty() ? data.resolve("keys") : Path.of(keys),
                    get(Setting.MODEL),
                    number(Setting.MEGAPIXELS_MAX, 1, 1_000),
                    number(Setting.MEGABYTES_MAX, 1, MANY),
                    number(Setting.PREVIEWS_MAX, 0, Integer.MAX_VALUE),
                    threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                    new ImportSettings(folders(), Duration.ofSeconds(number(Setting.WATCH_SECONDS, 1, 86_400))),
                    number(Setting.PURGE_DAYS, 0, 3_650),
                    rate(),
                    number(Setting.OWN_SEARCHES, 1, MANY),
                    Duration.ofHours(number(Setting.BREACH_HOURS, 1, 8_760)),
                    web(data));
        }

        private WebSettings web(Path data) {
            return new WebSettings(
                    host(),
                    number(Setting.SERVER_PORT, 0, 65_535),
                    url(),
                    tls(data),
                    truth(Setting.SERVER_FORWARDED),
                    oidc(data),
                    secondFactor());
        }

        private List<Path> folders() {
            List<Path> folders = new ArrayList<>();
            for (String name : get(Setting.IMPORT_FOLDERS).split(Pattern.quote(File.pathSeparator), -1)) {
                if (!name.isBlank()) {
                    folders.add(Path.of(name.strip()).normalize());
                }
            }
            if (!folders.stream().allMatch(Path::isAbsolute)) {
                problems.add(
                        Setting.IMPORT_FOLDERS.key() + " must be whole paths but is " + get(Setting.IMPORT_FOLDERS));
            }
            return folders;
        }

        private String host() {
            String host = get(Setting.SERVER_HOST);
            if (host.isEmpty()) {
                problems.add(Setting.SERVER_HOST.key() + " must be an address but is empty");
            }
            return host;
        }

        private String url() {
            String text = get(Setting.SERVER_URL);
            if (!text.isEmpty() && !WebSettings.isAddress(text)) {
                problems.add(Setting.SERVER_URL.key()
                        + " must begin with https:// or http://, name a host and nothing after it, but is " + text);
            }
            return text.isEmpty() || text.endsWith("/") ? text : text + "/";
        }

        private Optional<WebSettings.Tls> tls(Path data) {
            String certificate = get(Setting.SERVER_CERTIFICATE);
            String key = get(Setting.SERVER_KEY);
            if (certificate.isEmpty() != key.isEmpty()) {
                problems.add(Setting.SERVER_CERTIFICATE.key() + " and " + Setting.SERVER_KEY.key()
                        + " belong together, but only one of them is set");
            }
            return certificate.isEmpty() || key.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new WebSettings.Tls(data.resolve(certificate), data.resolve(key)));
        }

        private Optional<WebSettings.Oidc> oidc(Path data) {
            List<Setting> all =
                    List.of(Setting.SERVER_OIDC_ISSUER, Setting.SERVER_OIDC_CLIENT, Setting.SERVER_OIDC_SECRET);
            long given = all.stream().filter(each -> !get(each).isEmpty()).count();
            if (given == 0) {
                return Optional.empty();
            }
            String issuer = get(Setting.SERVER_OIDC_ISSUER);
            if (given < all.size()) {
                problems.add(all.stream().map(Setting::key).collect(Collectors.joining(", "))
                        + " belong together, but only " + given + " of them are set");
            } else if (!WebSettings.isIssuer(issuer)) {
                problems.add(Setting.SERVER_OIDC_ISSUER.key() + " must begin with https:// but is " + issuer);
            }
            return Optional.of(new WebSettings.Oidc(
                    issuer, get(Setting.SERVER_OIDC_CLIENT), data.resolve(get(Setting.SERVER_OIDC_SECRET))));
        }

        private SecondFactor secondFactor() {
            String text = get(Setting.SERVER_SECOND_FACTOR);
            for (SecondFactor each : SecondFactor.values()) {
                if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return each;
                }
            }
            problems.add(Setting.SERVER_SECOND_FACTOR.key() + " must be optional, owners or required but is " + text);
            return SecondFactor.REQUIRED;
        }

        private boolean truth(Setting setting) {
            String text = get(setting);
            if (!text.equals("true") && !text.equals("false")) {
                problems.add(setting.key() + " must be true or false but is " + text);
            }
            return text.equals("true");
        }

        private String get(Setting setting) {
            return java.util.Objects.requireNonNull(values.get(setting));
        }

        private int number(Setting setting, int min, int max) {
            String text = get(setting);
            try {
                int value = Integer.parseInt(text);
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException _) {
                // reported below, like a number out of range
            }
            problems.add(setting.key() + " must be a whole number from " + min + " to " + max + " but is " + text);
            return min;
        }

        private Rate rate() {
            try {
                return Rate.parse(get(Setting.MAX_FALSE));
            } catch (LikenessException e) {
                problems.add(Setting.MAX_FALSE.key() + ": " + e.problem());
                return new Rate(0.001);
            }
        }
    }
}
