package org.likeness.library;

import java.util.List;
import java.util.Locale;

/// Every setting there is: its key in `likeness.properties`, its default and what it is for. The
/// environment variable is
/// the key in capitals with underscores and `LIKENESS_` before it.
public enum Setting {
    KEYS(
            "keys",
            "",
            "Folder of the collections' keys. Put it where backups of the data directory do not reach.",
            "Empty: the folder keys in the data directory."),
    MODEL("model", "face-api", "The model pack that new collections use; see: likeness models list."),
    MEGAPIXELS_MAX("photo.megapixels-max", "200", "Photos with more pixels (in millions) are refused."),
    MEGABYTES_MAX("photo.megabytes-max", "512", "Files with more bytes (in millions of 1,048,576) are refused."),
    PREVIEWS_MAX(
            "previews.megabytes-max",
            "4096",
            "So much room (in millions of 1,048,576 bytes) screen-filling pictures may take that were looked at once.",
            "Looked after each hour: those that nobody looked at for longest go first. 0: none is kept for long."),
    THREADS("threads", "0", "Threads that decode photos and find faces. 0: one for each core."),
    IMPORT_FOLDERS(
            "imports.folders",
            "",
            "Folders of this machine that members who may add photos can have watched, and what is below them.",
            "Whole paths, parted by colons (semicolons on Windows). Empty: only likeness folder add chooses folders."),
    WATCH_SECONDS(
            "imports.watch-seconds",
            "60",
            "How many seconds lie between two looks at a watched folder. A file is taken when two looks see it alike."),
    PURGE_DAYS(
            "purge.days",
            "30",
            "Within so many days after a grant ended, the photos held under it are deleted.",
            "What a source stopped is deleted at once. 0: both are."),
    MAX_FALSE(
            "search.max-false",
            "1/1000",
            "How often a search of somebody who is not in the collection may return anyone."),
    OWN_SEARCHES("search.own-per-day", "50", "How often a person may be searched for on their own behalf in 24 hours."),
    BREACH_HOURS(
            "breach.hours",
            "72",
            "How many hours after a breach was noticed the authority must have been told; see: likeness breach-drill."),
    SERVER_HOST(
            "server.host", "127.0.0.1", "The address the web application listens at. 127.0.0.1: this machine only."),
    SERVER_PORT("server.port", "8080", "The port the web application listens at. 0: any free one."),
    SERVER_URL(
            "server.url",
            "",
            "Where browsers reach the web application, behind a proxy: https://photos.example.org/",
            "Empty: at the address it listens at."),
    SERVER_CERTIFICATE(
            "server.tls.certificate",
            "",
            "A PEM file: the certificate by which the web application speaks TLS, then those that vouch for it.",
            "Relative to the data directory; read again when it changes. Empty: no TLS of its own."),
    SERVER_KEY(
            "server.tls.key",
            "",
            "A PEM file, not encrypted: the private key of the certificate. Readable by nobody else.",
            "Relative to the data directory."),
    SERVER_FORWARDED(
            "server.forwarded",
            "false",
            "true: a proxy on this machine or in a private network sets X-Forwarded-For, -Proto, -Host and -Port,",
            "and overwrites what visitors send under these names. false: they are not read."),
    SERVER_OIDC_ISSUER(
            "server.oidc.issuer",
            "",
            "A provider of OpenID Connect by which members may sign in, once an owner linked them; an https: address.",
            "Empty: by password and passkey only."),
    SERVER_OIDC_CLIENT("server.oidc.client-id", "", "Under which name the provider knows this server."),
    SERVER_OIDC_SECRET(
            "server.oidc.client-secret-file",
            "",
            "A file with the secret that the provider gave this server. Readable by nobody else.",
            "Relative to the data directory."),
    SERVER_SECOND_FACTOR(
            "server.second-factor",
            "optional",
            "required: whoever signs in needs more than a password, such as a passkey. owners: owners do.",
            "optional: nobody does. Needs an address where browsers have passkeys: https: and a name, or localhost.");

    private final String key;
    private final String standard;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> explanation;

    Setting(String key, String standard, String... explanation) {
        this.key = key;
        this.standard = standard;
        this.explanation = List.of(explanation);
    }

    public String key() {
        return key;
    }

    /// The default, as it would stand in the file.
    public String standard() {
        return standard;
    }

    public String environmentVariable() {
        return "LIKENESS_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /// The sample file: every setting with its explanation, commented out.
    public static String sample() {
        StringBuilder text = new StringBuilder(512)
                .append("# Settings of Likeness. Put this file into the data directory as likeness.properties.\n")
                .append("# Order: defaults, this file, environment variables, command-line options.\n");
        for (Setting setting : values()) {
            text.append('\n');
            for (String line : setting.explanation) {
                text.append("# ").append(line).append('\n');
            }
            text.append("# Environment variable: ")
                    .append(setting.environmentVariable())
                    .append("\n#")
                    .append(setting.key)
                    .append('=')
                    .append(setting.standard)
                    .append('\n');
        }
        return text.toString();
    }
}
