/**
 * Passkeys: adding one on the account page, and signing in with one. They work only at the address they are made for and
 * in browsers that have them; elsewhere nothing is offered.
 *
 *   <section data-passkeys data-host="HOST">      around all of it
 *   <button data-passkey-offer hidden>            is shown where passkeys work, [data-passkey-none] where not
 *   <form data-passkey-add>                       label and password; adds one
 *   <button data-passkey-confirm>                 puts a signature into its form and sends it, instead of the password
 *   <button data-passkey-use>                     signs in and goes to data-next
 *   <p data-problem hidden><span></span></p>      says what went wrong
 */
import { send, texts } from './page.js';

export function start(part) {
    const works = window.PublicKeyCredential !== undefined && location.hostname === part.dataset.host;
    const show = (selector, shown) => {
        for (const each of part.querySelectorAll(selector)) {
            each.hidden = !shown;
        }
    };
    show('[data-passkey-offer]', works);
    show('[data-passkey-none]', !works);
    const button = part.querySelector('[data-passkey-use]');
    if (button) {
        part.hidden = !works && part.querySelector('[data-passkey-none]') === null;
        button.addEventListener('click', () => attempt(part, button, () => signIn(part.dataset.next)));
    }
    const form = part.querySelector('[data-passkey-add]');
    form?.addEventListener('submit', (event) => {
        event.preventDefault();
        attempt(part, form.querySelector('[type=submit]'), () => add(form));
    });
    for (const button of part.querySelectorAll('[data-passkey-confirm]')) {
        button.addEventListener('click', () => confirm(part, button));
    }
}

/** Sends the form with what a passkey signed; whatever else it needs must be there. */
function confirm(part, button) {
    const { form } = button;
    form.elements.present.required = false;
    if (!form.reportValidity()) {
        form.elements.present.required = true;
        return;
    }
    attempt(part, button, async () => {
        try {
            form.elements.assertion.value = JSON.stringify(await use());
        } catch (failure) {
            form.elements.present.required = true;
            throw failure;
        }
        form.requestSubmit();
    });
}

/** Does it with the button held, and says what went wrong. */
async function attempt(part, button, work) {
    const problem = (button.form ?? part).querySelector('[data-problem]');
    problem.hidden = true;
    button.disabled = true;
    button.setAttribute('aria-busy', 'true');
    try {
        await work();
    } catch (failure) {
        problem.querySelector('span').textContent = words(failure, texts(part));
        problem.hidden = false;
    } finally {
        button.disabled = false;
        button.removeAttribute('aria-busy');
    }
}

function words(failure, t) {
    if (failure.name === 'NotAllowedError' || failure.name === 'AbortError') {
        return t('cancelled');
    }
    if (failure.name === 'InvalidStateError') {
        return t('known');
    }
    return failure.problem?.title ? `${failure.problem.title} ${failure.message}` : t('failed');
}

async function add(form) {
    const label = form.elements.label.value;
    const creation = await ask('/account/passkeys/options', { password: form.elements.password.value });
    const made = await navigator.credentials.create({ publicKey: {
        ...creation,
        challenge: bytes(creation.challenge),
        user: { ...creation.user, id: bytes(creation.user.id) },
        excludeCredentials: creation.excludeCredentials.map((each) => ({ ...each, id: bytes(each.id) })),
    } });
    await post('/account/passkeys', { label, credential: asJson(made, {
        attestationObject: text(made.response.attestationObject),
        transports: made.response.getTransports?.() ?? [],
    }) });
    location.assign(form.dataset.next ?? '/account');
}

async function signIn(next) {
    const answer = await post(`/sign-in/passkey?next=${encodeURIComponent(next)}`, await use());
    location.assign((await answer.json()).next);
}

/** What a passkey signs, as JSON. */
async function use() {
    const request = await ask('/sign-in/passkey/options', {});
    const used = await navigator.credentials.get({ publicKey: { ...request, challenge: bytes(request.challenge) } });
    return asJson(used, {
        authenticatorData: text(used.response.authenticatorData),
        signature: text(used.response.signature),
        userHandle: used.response.userHandle ? text(used.response.userHandle) : undefined,
    });
}

const post = (url, body) => send(url, { method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body) });

const ask = async (url, body) => (await post(url, body)).json();

/** As PublicKeyCredential.toJSON() would, which older browsers and some managers lack. */
const asJson = (credential, response) => ({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: {},
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
});

/** base64url to bytes, and back. */
const bytes = (base64) => Uint8Array.from(atob(base64.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
