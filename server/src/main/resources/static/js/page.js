/**
 * What every page needs from the browser, and what the other modules share. Pages work without it, with less comfort.
 *
 *   <meta name="csrf" content="TOKEN" data-header="X-CSRF-TOKEN">   sent along by send() and by htmx
 *   <details class="menu">                    closes on Escape, on a click elsewhere, when the focus leaves
 *   <button data-opens="ID">                  opens the <dialog id="ID">; data-closes closes the one it is in
 *   <a href="…#ID">                           opens the <dialog id="ID"> of the page it leads to
 *   <button data-theme-choice="dark|light|auto">   the theme, kept in the cookie `theme` for the server to render
 *   <button data-shortcuts-choice>            turns keys of one character off or on (WCAG 2.1.4), kept in a cookie
 *   <button data-copies="ID">                 copies the text of the element, says data-said
 *   <time datetime="…" data-local>            is written in the reader's language and zone
 *   <form data-once>                          can't be sent twice by a double click
 *   <form data-kept>                          is sent without leaving the page: a refusal is said in it, nothing is lost
 *   <button data-ticks="A B">                 ticks the boxes of these values in its form, and no others
 *   <select data-place="ID">                  hides the element while an option with data-everywhere="true" is chosen
 *   <select data-proves="ID">                 shows the fieldset only while an option with data-proof="true" is chosen
 *   <form data-asks="TITLE" data-why="WHY">   asks before it is sent; the button that sends it says what will be done
 *   <div class="toasts" role="status">        where say() speaks
 *
 * Texts come from the page: <script type="application/json" data-texts> inside the element that a module is given.
 */

export const root = document.documentElement;

/** The texts of an element, with {name} filled in: texts(el)('selected', {n: 3}). An unknown key is shown as it is. */
export function texts(element) {
    const block = element.querySelector(':scope script[type="application/json"][data-texts]');
    const found = block ? JSON.parse(block.textContent) : {};
    const plural = new Intl.PluralRules(root.lang || 'en');
    return (key, values = {}) => {
        const one = values.n === 1 || plural.select(values.n ?? 2) === 'one' ? found[`${key}.one`] : undefined;
        const text = one ?? found[key] ?? key;
        return text.replace(/\{(\w+)\}/g, (whole, name) =>
            name in values ? typeof values[name] === 'number' ? values[name].toLocaleString(root.lang) : values[name]
                : whole);
    };
}

const offline = () => document.querySelector('meta[name="offline"]')?.content ?? '';

/**
 * fetch with the CSRF header, for calls that change something. Answers that are no success are thrown as Refused, and so
 * is that there was none: then it has no status.
 */
export async function send(url, { headers = {}, ...options } = {}) {
    const csrf = document.querySelector('meta[name="csrf"]');
    const all = new Headers(headers);
    if (csrf?.content) {
        all.set(csrf.dataset.header || 'X-CSRF-TOKEN', csrf.content);
    }
    if (!all.has('Accept')) {
        all.set('Accept', 'application/json, application/problem+json');
    }
    const answer = await fetch(url, { credentials: 'same-origin', ...options, headers: all }).catch((failure) => {
        throw failure.name === 'AbortError' ? failure : new Refused(offline());
    });
    if (!answer.ok) {
        throw await Refused.of(answer);
    }
    return answer;
}

/** An answer that is no success, or none; its message is for a person to read. */
export class Refused extends Error {
    constructor(message, status, problem, headers) {
        super(message);
        Object.assign(this, { status, problem, headers });
    }

    static async of(answer) {
        const type = answer.headers.get('Content-Type') ?? '';
        const problem = type.includes('json') ? await answer.json().catch(() => ({})) : {};
        const message = problem.detail || problem.title || '';
        return new Refused(message, answer.status, problem, answer.headers);
    }
}

/** An icon of the sprite, as an element. */
export function icon(name) {
    const sprite = document.querySelector('meta[name="icons"]')?.content ?? '/static/icons.svg';
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
    use.setAttribute('href', `${sprite}#${name}`);
    svg.setAttribute('class', 'icon');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(use);
    return svg;
}

/** Makes an element: make('button', {class: 'button', onclick: f}, 'text', child). */
export function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (key.startsWith('on')) {
            element.addEventListener(key.slice(2), value);
        } else if (value !== undefined && value !== null && value !== false) {
            element.setAttribute(key, value === true ? '' : value);
        }
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
}

/** Says a short thing to everybody, also to screen readers; it goes by itself, unless it has something to press. */
export function say(text, { action, onaction } = {}) {
    const place = document.querySelector('.toasts');
    if (!place || !text) {
        return;
    }
    const toast = make('div', { class: 'toast' }, make('span', {}, text));
    if (action) {
        toast.append(make('button', { type: 'button', onclick: () => { toast.remove(); onaction(); } }, action));
    }
    const close = make('button', { type: 'button', 'aria-label': place.dataset.close || 'Close',
        onclick: () => toast.remove() }, icon('x'));
    toast.append(close);
    while (place.children.length >= 3) {
        place.firstElementChild.remove();
    }
    place.append(toast);
    let left;
    const stay = () => clearTimeout(left);
    const wait = () => {
        stay();
        left = setTimeout(() => toast.remove(), action ? 20000 : 8000);
    };
    toast.addEventListener('pointerenter', stay);
    toast.addEventListener('pointerleave', wait);
    toast.addEventListener('focusin', stay);
    toast.addEventListener('focusout', wait);
    wait();
}

/** Whether keys of the page do something now: not while typing or in a dialog, not if someone turned them off. */
export function mayUseKey(event) {
    const target = event.target;
    return root.dataset.shortcuts !== 'off' && !event.ctrlKey && !event.metaKey && !event.altKey
        && !event.defaultPrevented && !target.closest?.('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]')
        && !document.querySelector('dialog[open]');
}

/** Fills /photos/{id} from {id: …}. */
export function address(template, values) {
    return template.replace(/\{(\w+)\}/g, (whole, name) => encodeURIComponent(values[name] ?? ''));
}

/** Runs start for every element that matches, now and when htmx brings new ones; once for each. */
export function each(selector, start) {
    const seen = new WeakSet();
    const look = (within) => {
        const found = [...within.querySelectorAll(selector)];
        if (within.matches?.(selector)) {
            found.unshift(within);
        }
        for (const element of found) {
            if (!seen.has(element)) {
                seen.add(element);
                start(element);
            }
        }
    };
    look(document);
    document.addEventListener('htmx:load', (event) => look(event.detail?.elt ?? document));
    document.addEventListener('likeness:load', (event) => look(event.target));
}

function keep(name, value) {
    const age = value ? 31536000 : 0;
    document.cookie = `${name}=${value}; Path=/; Max-Age=${age}; SameSite=Lax${location.protocol === 'https:' ? '; Secure' : ''}`;
}

function chooseTheme(choice) {
    if (choice === 'auto') {
        delete root.dataset.theme;
    } else {
        root.dataset.theme = choice;
    }
    keep('theme', choice === 'auto' ? '' : choice);
    showChoices();
}

function showChoices() {
    for (const button of document.querySelectorAll('[data-theme-choice]')) {
        button.setAttribute('aria-pressed', String(button.dataset.themeChoice === (root.dataset.theme || 'auto')));
    }
    for (const button of document.querySelectorAll('[data-shortcuts-choice]')) {
        button.setAttribute('aria-pressed', String(root.dataset.shortcuts !== 'off'));
    }
}

function click(event) {
    const within = (selector) => event.target.closest?.(selector);
    for (const menu of document.querySelectorAll('details.menu[open]')) {
        if (!menu.contains(event.target) || within('.menu-panel :is(a, button:not([aria-pressed]))')) {
            menu.open = false;
        }
    }
    const opens = within('[data-opens]');
    const closes = within('[data-closes]');
    const theme = within('[data-theme-choice]');
    const copies = within('[data-copies]');
    const ticks = within('[data-ticks]');
    if (ticks) {
        const wanted = ticks.dataset.ticks.split(' ');
        for (const box of ticks.closest('form').querySelectorAll('input[type="checkbox"][name="rights"]')) {
            box.checked = wanted.includes(box.value);
        }
    } else if (opens) {
        event.preventDefault();
        document.getElementById(opens.dataset.opens)?.showModal();
    } else if (closes) {
        event.preventDefault();
        closes.closest('dialog')?.close();
    } else if (theme) {
        chooseTheme(theme.dataset.themeChoice);
    } else if (within('[data-shortcuts-choice]')) {
        const off = root.dataset.shortcuts !== 'off';
        if (off) {
            root.dataset.shortcuts = 'off';
        } else {
            delete root.dataset.shortcuts;
        }
        keep('shortcuts', off ? 'off' : '');
        showChoices();
    } else if (copies) {
        copy(document.getElementById(copies.dataset.copies), copies.dataset.said);
    } else if (event.target.nodeName === 'DIALOG' && outside(event.target, event)) {
        event.target.close();
    }
}

/** Copies what an element says. Without TLS there is no clipboard: then its text is selected, to be copied by hand. */
async function copy(place, said) {
    try {
        await navigator.clipboard.writeText(place.textContent.trim());
        say(said);
    } catch {
        getSelection().selectAllChildren(place);
        say(document.querySelector('.toasts')?.dataset.byHand);
    }
}

function outside(dialog, { clientX, clientY }) {
    const box = dialog.getBoundingClientRect();
    return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

/** Opens the dialog that the address names. The name goes, so that going back and forth does not open it again. */
function openNamed() {
    const named = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (named?.nodeName === 'DIALOG') {
        history.replaceState(history.state, '', location.pathname + location.search);
        if (!named.open) {
            named.showModal();
        }
    }
}

function keydown(event) {
    const open = document.querySelector('details.menu[open]');
    if (event.key === 'Escape' && open) {
        open.open = false;
        open.querySelector('summary').focus();
        event.preventDefault();
    } else if (event.key === '?' && mayUseKey(event)) {
        document.getElementById('shortcuts')?.showModal();
    }
}

/** Sends a form and goes where the answer leads; what is refused, and that nothing answers, is said at its top. */
async function sendKept(form, submitter) {
    form.querySelector(':scope > .refused')?.remove();
    const buttons = [...form.querySelectorAll('button:not([type="button"])')];
    buttons.forEach((button) => { button.disabled = true; button.setAttribute('aria-busy', 'true'); });
    const given = new FormData(form, submitter);
    const answer = await fetch(form.getAttribute('action'), {
        method: 'POST', credentials: 'same-origin', headers: { 'HX-Request': 'true', 'Likeness-Form': 'kept' },
        body: form.enctype === 'multipart/form-data' ? given : new URLSearchParams(given),
    }).catch(() => null);
    const next = answer?.headers.get('Likeness-Next');
    if (next) {
        location.assign(next);
        return;
    }
    buttons.forEach((button) => { button.disabled = false; button.removeAttribute('aria-busy'); });
    if (answer?.ok) {
        form.submit();
        return;
    }
    const page = new DOMParser().parseFromString(await answer?.text().catch(() => '') ?? '', 'text/html');
    const said = page.querySelector('.notice.bad');
    const refused = said ? document.importNode(said, true)
        : make('p', { class: 'notice bad', role: 'alert' }, icon('circle-alert'), make('span', {}, offline()));
    refused.classList.add('refused');
    refused.tabIndex = -1;
    form.prepend(refused);
    refused.focus();
}

const answered = new WeakSet();

/** Asks before a form is sent that can't be undone. Without this script it is sent at once, as any form is. */
function ask(event) {
    const form = event.target;
    if (!form.matches('form[data-asks]') || event.defaultPrevented || answered.delete(form)) {
        return;
    }
    event.preventDefault();
    const button = event.submitter ?? form.querySelector('button:not([type="button"])');
    const cancel = document.querySelector('.toasts')?.dataset.cancel || 'Cancel';
    const dialog = make('dialog', { 'aria-labelledby': 'asked', 'data-asking': true },
        make('div', { class: 'dialog-body' },
            make('h2', { id: 'asked' }, form.dataset.asks),
            form.dataset.why ? make('p', {}, form.dataset.why) : null,
            make('div', { class: 'dialog-foot' },
                make('button', { class: 'button', type: 'button', 'data-closes': true, autofocus: true }, cancel),
                make('button', { class: 'button danger main-action', type: 'button', onclick: () => dialog.close('yes') },
                    button.textContent.trim()))));
    dialog.addEventListener('close', () => {
        dialog.remove();
        if (dialog.returnValue === 'yes') {
            answered.add(form);
            form.requestSubmit(button);
        }
    });
    document.body.append(dialog);
    dialog.showModal();
}

root.classList.add('scripted');
document.addEventListener('submit', ask);
document.addEventListener('click', click);
document.addEventListener('keydown', keydown);
document.addEventListener('focusin', (event) => {
    for (const menu of document.querySelectorAll('details.menu[open]')) {
        if (!menu.contains(event.target)) {
            menu.open = false;
        }
    }
});
document.addEventListener('htmx:configRequest', (event) => {
    const csrf = document.querySelector('meta[name="csrf"]');
    if (csrf?.content) {
        event.detail.headers[csrf.dataset.header || 'X-CSRF-TOKEN'] = csrf.content;
    }
});
/** An answer that is no success is shown where the answer would be; a choice that it is about stays beside it. */
document.addEventListener('htmx:beforeSwap', (event) => {
    const { xhr, requestConfig } = event.detail;
    if (xhr.status >= 400) {
        const page = xhr.getResponseHeader('Content-Type')?.includes('text/html');
        event.detail.shouldSwap = page;
        event.detail.isError = !page;
        if (requestConfig.elt.matches('.decisions')) {
            event.detail.swapOverride = 'afterend';
        }
        if (!page) {
            say(offline());
        }
    }
});
document.addEventListener('htmx:sendError', () => say(offline()));
document.addEventListener('submit', (event) => {
    if (event.target.matches('form[data-kept]') && !event.defaultPrevented) {
        event.preventDefault();
        sendKept(event.target, event.submitter);
        return;
    }
    if (event.target.matches('form[data-once]') && !event.defaultPrevented) {
        for (const button of event.target.querySelectorAll('button:not([type="button"])')) {
            button.setAttribute('aria-busy', 'true');
            setTimeout(() => { button.disabled = true; });
        }
    }
});
window.addEventListener('pageshow', (event) => {
    if (event.persisted) {
        for (const button of document.querySelectorAll('button[aria-busy]')) {
            button.removeAttribute('aria-busy');
            button.disabled = false;
        }
    }
});
each('select[data-place]', (select) => {
    const place = document.getElementById(select.dataset.place);
    const show = () => { place.hidden = select.selectedOptions[0]?.dataset.everywhere === 'true'; };
    select.addEventListener('change', show);
    show();
});
each('dialog[data-wrong]', (dialog) => dialog.showModal());
/** A choice that says what another one is now. */
each('select[data-sets]', (select) => select.addEventListener('change', () => {
    const other = document.getElementById(select.dataset.sets);
    other.value = select.selectedOptions[0]?.dataset.value ?? '';
    other.dispatchEvent(new Event('change'));
}));
each('select[data-proves]', (select) => {
    const proof = document.getElementById(select.dataset.proves);
    const show = () => { proof.hidden = proof.disabled = select.selectedOptions[0]?.dataset.proof !== 'true'; };
    select.addEventListener('change', show);
    show();
});
addEventListener('hashchange', openNamed);
openNamed();
showChoices();
each('time[data-local]', (time) => {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) {
        time.title = time.dateTime;
        time.textContent = new Intl.DateTimeFormat(root.lang || undefined,
            { dateStyle: 'medium', timeStyle: time.dataset.local === 'date' ? undefined : 'short' }).format(at);
    }
});
