package org.likeness.server;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Passkey;
import org.likeness.library.Likeness;
import org.springframework.stereotype.Component;

/// What browsers are asked when a passkey is made or used, and whether their answer holds (WebAuthn
/// level 3, sections 7.1 and 7.2). The device must have made sure that it is its owner who uses it,
/// and it must know by itself whose passkey it is, so that nobody types a name. Who made the device
/// is not asked. Thread-safe.
@Component
final class Passkeys {
    /// The signatures we understand, best first.
    private static final List<COSEAlgorithmIdentifier> ALGORITHMS =
            List.of(COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.RS256);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final Likeness likeness;
    private final Challenges challenges;
    private final BrowserCookie cookie;
    private final ServerOptions options;

    Passkeys(Likeness likeness, Challenges challenges, Cookies cookies, ServerOptions options) {
        this.likeness = likeness;
        this.challenges = challenges;
        this.cookie = cookies.strict("passkey");
        this.options = options;
    }

    /// The host that passkeys are made for; at another address they do not work.
    String host(HttpServletRequest request) {
        return site(request).getHost();
    }

    private URI site(HttpServletRequest request) {
        return options.address(request.getLocalPort());
    }

    /// What to ask a browser so that it makes a passkey.
    Map<String, Object> creation(HttpServletRequest request, Caller caller, String challenge) {
        MemberId member = caller.member();
        return Map.of(
                "rp",
                Map.of("id", host(request), "name", "Likeness"),
                "user",
                Map.of(
                        "id",
                        BASE64.encodeToString(handle(member)),
                        "name",
                        caller.name(),
                        "displayName",
                        caller.name()),
                "challenge",
                challenge,
                "pubKeyCredParams",
                ALGORITHMS.stream()
                        .map(each -> Map.of("type", "public-key", "alg", each.getValue()))
                        .toList(),
                "timeout",
                Challenges.LONGEST.toMillis(),
                "excludeCredentials",
                likeness.signIn().passkeys(member).stream()
                        .map(Passkeys::descriptor)
                        .toList(),
                "authenticatorSelection",
                Map.of("residentKey", "required", "requireResidentKey", true, "userVerification", "required"),
                "attestation",
                "none");
    }

    private static Map<String, Object> descriptor(Passkey passkey) {
        List<String> transports = Stream.of(passkey.key().transports().split(","))
                .filter(each -> !each.isEmpty())
                .toList();
        return Map.of("type", "public-key", "id", passkey.credential(), "transports", transports);
    }

    /// What to ask a browser so that somebody shows who they are; the answer counts for this browser, once.
    Map<String, Object> use(HttpServletRequest request, HttpServletResponse response) {
        String browser = UUID.randomUUID().toString();
        cookie.set(response, browser, Challenges.LONGEST);
        return Map.of(
                "challenge",
                challenges.next(Network.of(request), asked(browser)),
                "rpId",
                host(request),
                "timeout",
                Challenges.LONGEST.toMillis(),
                "userVerification",
                "required");
    }

    /// The passkey that a browser made.
    ///
    /// @param answer what the browser says, as JSON
    /// @return empty when the answer does not hold
    Optional<Passkey> made(
            HttpServletRequest request, MemberId member, String label, String challenge, String answer, Instant now) {
        List<PublicKeyCredentialParameters> algorithms = ALGORITHMS.stream()
                .map(each -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, each))
                .toList();
        RegistrationData data;
        try {
            data = manager.verifyRegistrationResponseJSON(
                    answer, new RegistrationParameters(expected(request, challenge), algorithms, true));
        } catch (WebAuthnException _) {
            return Optional.empty();
        }
        if (data.getAttestationObject() == null) {
            return Optional.empty();
        }
        AuthenticatorData<?> said = data.getAttestationObject().getAuthenticatorData();
        AttestedCredentialData credential = said.getAttestedCredentialData();
        if (credential == null) {
            return Optional.empty();
        }
        Passkey.Credential key = new Passkey.Credential(
                BASE64.encodeToString(converter.getCborMapper().writeValueAsBytes(credential.getCOSEKey())),
                said.getSignCount(),
                said.isFlagUV(),
                said.isFlagBE(),
                said.isFlagBS(),
                transports(data),
                BASE64.encodeToString(data.getAttestationObjectBytes()),
                BASE64.encodeToString(data.getCollectedClientDataBytes()));
        String id = BASE64.encodeToString(credential.getCredentialId());
        return Optional.of(new Passkey(member, id, label, key, now, Optional.empty()));
    }

    private static String transports(RegistrationData data) {
        return data.getTransports() == null
                ? ""
                : data.getTransports().stream()
                        .map(AuthenticatorTransport::getValue)
                        .filter(word -> word.matches("[a-z-]{1,20}"))
                        .sorted()
                        .collect(Collectors.joining(","));
    }

    private static String asked(String browser) {
        return "use " + browser;
    }

    /// Whose passkey signed what this browser was last asked.
    ///
    /// @param answer what the browser says, as JSON
    /// @return empty when the answer does not hold or nobody has this passkey
    Optional<MemberId> used(HttpServletRequest request, HttpServletResponse response, String answer) {
        Optional<String> challenge = cookie.read(request).flatMap(browser -> challenges.take(asked(browser)));
        cookie.clear(response);
        return challenge.flatMap(asked -> used(request, asked, answer));
    }

    private Optional<MemberId> used(HttpServletRequest request, String challenge, String answer) {
        try {
            AuthenticationData data = manager.parseAuthenticationResponseJSON(answer);
            String id = BASE64.encodeToString(data.getCredentialId());
            Optional<Passkey> passkey = likeness.signIn()
                    .passkey(id)
                    .filter(known -> Arrays.equals(data.getUserHandle(), handle(known.member())));
            if (passkey.isEmpty()) {
                return Optional.empty();
            }
            manager.verify(
                    data,
                    new AuthenticationParameters(expected(request, challenge), record(passkey.get()), null, true));
            AuthenticatorData<?> said = data.getAuthenticatorData();
            return said == null
                    ? Optional.empty()
                    : likeness.signIn().usePasskey(id, said.getSignCount(), said.isFlagBS());
        } catch (WebAuthnException _) {
            return Optional.empty();
        }
    }

    /// The stored passkey in the words of the library. Its count is not given: core compares it in one
    /// transaction.
    private CredentialRecordImpl record(Passkey passkey) {
        byte[] id = Base64.getUrlDecoder().decode(passkey.credential());
        byte[] key = Base64.getUrlDecoder().decode(passkey.key().publicKey());
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                passkey.key().verified(),
                passkey.key().backupEligible(),
                passkey.key().backedUp(),
                0,
                new AttestedCredentialData(
                        AAGUID.ZERO, id, converter.getCborMapper().readValue(key, COSEKey.class)),
                null,
                null,
                null,
                null);
    }

    private ServerProperty expected(HttpServletRequest request, String challenge) {
        return ServerProperty.builder()
                .origin(new Origin(origin(site(request))))
                .rpId(host(request))
                .challenge(new DefaultChallenge(Base64.getUrlDecoder().decode(challenge)))
                .build();
    }

    /// As a browser writes it: no path, and no port that goes without saying.
    static String origin(URI site) {
        String scheme = site.getScheme().toLowerCase(Locale.ROOT);
        boolean usual = site.getPort() == -1 || site.getPort() == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + site.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + site.getPort());
    }

    /// By what a device knows a member: their id, which is a pseudonym.
    private static byte[] handle(MemberId member) {
        return ByteBuffer.allocate(16)
                .putLong(member.value().getMostSignificantBits())
                .putLong(member.value().getLeastSignificantBits())
                .array();
    }
}
