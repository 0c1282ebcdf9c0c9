package org.likeness.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.AMR;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.likeness.core.LikenessException;
import org.springframework.stereotype.Component;

/// Asks a provider of OpenID Connect who somebody is (OpenID Connect Core 1.0, section 3.1: a code, with PKCE, state
/// and nonce, and an identity token signed by a key of the provider). It learns the subject and nothing else.
/// Thread-safe.
@Component
final class OpenId {
    private static final System.Logger LOG = System.getLogger(OpenId.class.getName());
    private static final int TIMEOUT_MS = 10_000;
    private static final int KEYS_MAX_BYTES = 50 * 1024;
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256, JWSAlgorithm.RS256);

    /// RFC 8176, section 2.
    private static final AMR SEVERAL_FACTORS = AMR.MFA;

    private final Challenges challenges;
    private final Optional<Client> client;
    private final AtomicReference<Optional<Provider>> provider = new AtomicReference<>(Optional.empty());

    private record Client(Issuer issuer, ClientID id, Secret secret) {
        @Override
        public String toString() {
            return "Client[]";
        }
    }

    /// What the provider says of itself; asked at the first sign-in, so that it need not be there at start.
    ///
    /// @param byPost whether the secret goes into the form, where the provider takes it in no other way
    /// @param signOut where a browser signs out of the provider too
    private record Provider(
            URI authorization, URI token, boolean byPost, IDTokenValidator validator, Optional<URI> signOut) {}

    /// Who came back.
    ///
    /// @param factors whether the provider says that it asked for more than one factor
    record Identity(String subject, boolean factors) {
        /// By what the provider knows somebody is nobody else's business.
        @Override
        public String toString() {
            return "Identity[]";
        }
    }

    OpenId(ServerOptions options, Challenges challenges) {
        this.challenges = challenges;
        this.client = options.oidc()
                .map(oidc -> new Client(
                        new Issuer(oidc.issuer()), new ClientID(oidc.client()), new Secret(secret(oidc.secret()))));
    }

    /// @throws LikenessException BAD_INPUT when there is none
    static String secret(Path file) {
        try {
            String secret = Files.readString(file).strip();
            if (!secret.isEmpty()) {
                return secret;
            }
        } catch (IOException _) {
            // said below
        }
        throw new LikenessException(
                LikenessException.Kind.BAD_INPUT,
                "server.oidc.client-secret-file names no readable file with a secret\nWrite the secret into it.");
    }

    /// Who vouches, if anybody does.
    Optional<String> issuer() {
        return client.map(each -> each.issuer().getValue());
    }

    /// Where to send a browser.
    ///
    /// @param network where the browser is, see [Network]
    /// @param browser a secret of that browser
    /// @param back where the provider sends it afterwards
    /// @throws LikenessException UNAVAILABLE when the provider does not answer
    URI begin(String network, String browser, URI back) {
        Client known = client.orElseThrow(OpenId::nobody);
        return new AuthenticationRequest.Builder(new ResponseType("code"), new Scope("openid"), known.id(), back)
                .endpointURI(provider(known).authorization())
                .state(new State(challenges.next(network, "state " + browser)))
                .nonce(new Nonce(challenges.next(network, "nonce " + browser)))
                .codeChallenge(
                        new CodeVerifier(challenges.next(network, "verifier " + browser)), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /// Who came back, as the provider knows them.
    ///
    /// @param answer the address that the browser came to, with what the provider added
    /// @return empty when the answer does not hold
    /// @throws LikenessException UNAVAILABLE when the provider does not answer
    Optional<Identity> subject(String browser, URI back, URI answer) {
        Client known = client.orElseThrow(OpenId::nobody);
        Optional<String> state = challenges.take("state " + browser);
        Optional<String> nonce = challenges.take("nonce " + browser);
        Optional<String> verifier = challenges.take("verifier " + browser);
        if (state.isEmpty() || nonce.isEmpty() || verifier.isEmpty()) {
            return Optional.empty();
        }
        try {
            AuthenticationResponse response = AuthenticationResponseParser.parse(answer);
            boolean ours = response.indicatesSuccess()
                    && new State(state.get()).equals(response.getState())
                    && (response.getIssuer() == null || response.getIssuer().equals(known.issuer()));
            if (!ours) {
                return Optional.empty();
            }
            Provider there = provider(known);
            HTTPRequest request = new TokenRequest.Builder(
                            there.token(),
                            there.byPost()
                                    ? new ClientSecretPost(known.id(), known.secret())
                                    : new ClientSecretBasic(known.id(), known.secret()),
                            new AuthorizationCodeGrant(
                                    response.toSuccessResponse().getAuthorizationCode(),
                                    back,
                                    new CodeVerifier(verifier.get())))
                    .build()
                    .toHTTPRequest();
            request.setConnectTimeout(TIMEOUT_MS);
            request.setReadTimeout(TIMEOUT_MS);
            TokenResponse tokens = OIDCTokenResponseParser.parse(request.send());
            return tokens instanceof OIDCTokenResponse given
                    ? Optional.of(identity(
                            there.validator().validate(given.getOIDCTokens().getIDToken(), new Nonce(nonce.get()))))
                    : Optional.empty();
        } catch (JWKSetUnavailableException e) {
            throw unavailable(e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            LOG.log(Level.WARNING, "an answer of the OpenID Connect provider does not hold: " + e.getClass());
            return Optional.empty();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static Identity identity(IDTokenClaimsSet claims) {
        List<AMR> methods = claims.getAMR();
        return new Identity(claims.getSubject().getValue(), methods != null && methods.contains(SEVERAL_FACTORS));
    }

    /// Where a browser signs out of the provider too and comes back from (OpenID Connect RP-Initiated
    /// Logout 1.0, section 2). No token is kept that could say who it is, so the provider asks them.
    /// We do not ask the provider for this place here: any stranger could make us.
    ///
    /// @return empty where the provider has no such place, or has not said so yet, see [#meet]
    Optional<URI> signOut(URI back) {
        return client.flatMap(known -> provider.get()
                .flatMap(Provider::signOut)
                .map(place -> new LogoutRequest(place, null, null, known.id(), back, null, null).toURI()));
    }

    /// Asks the provider what it says of itself, if it was not asked yet and can be.
    void meet() {
        try {
            client.ifPresent(this::provider);
        } catch (LikenessException e) {
            LOG.log(Level.WARNING, "nobody could be led to the provider to sign out there: " + e.kind());
        }
    }

    private Provider provider(Client known) {
        return provider.updateAndGet(there -> there.isPresent() ? there : Optional.of(ask(known)))
                .orElseThrow(OpenId::nobody);
    }

    private static Provider ask(Client known) {
        try {
            OIDCProviderMetadata said = OIDCProviderMetadata.resolve(known.issuer(), TIMEOUT_MS, TIMEOUT_MS);
            List<ClientAuthenticationMethod> methods = said.getTokenEndpointAuthMethods();
            return new Provider(
                    said.getAuthorizationEndpointURI(),
                    said.getTokenEndpointURI(),
                    methods != null
                            && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST),
                    new IDTokenValidator(
                            known.issuer(),
                            known.id(),
                            new JWSVerificationKeySelector<>(
                                    algorithms(said),
                                    JWKSourceBuilder.create(
                                                    said.getJWKSetURI().toURL(),
                                                    new DefaultResourceRetriever(
                                                            TIMEOUT_MS, TIMEOUT_MS, KEYS_MAX_BYTES))
                                            .build()),
                            null),
                    Optional.ofNullable(said.getEndSessionEndpointURI()));
        } catch (com.nimbusds.oauth2.sdk.GeneralException | IOException e) {
            throw unavailable(e);
        }
    }

    /// By which signatures the provider says it signs and we know it by its public key: never none, and never by the
    /// secret that both know.
    private static Set<JWSAlgorithm> algorithms(OIDCProviderMetadata said) {
        List<JWSAlgorithm> named = said.getIDTokenJWSAlgs();
        Set<JWSAlgorithm> known = new HashSet<>(named == null ? List.of(JWSAlgorithm.RS256) : named);
        known.retainAll(ALGORITHMS);
        if (known.isEmpty()) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "the OpenID Connect provider signs by nothing we know"
                                    + "\nLet it sign by ES256, PS256 or RS256.")
                    .called("oidc.signing");
        }
        return known;
    }

    private static LikenessException unavailable(Exception cause) {
        return new LikenessException(
                        LikenessException.Kind.UNAVAILABLE,
                        "the OpenID Connect provider does not answer\nTry again later, or use your password.",
                        cause)
                .called("oidc.silent");
    }

    private static LikenessException nobody() {
        return new LikenessException(
                        LikenessException.Kind.NOT_FOUND,
                        "no OpenID Connect provider is set\nSign in with your password or a passkey.")
                .called("oidc.none");
    }
}
