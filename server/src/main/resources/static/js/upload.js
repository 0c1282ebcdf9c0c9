/**
 * Adds photos: drop them anywhere, or choose files or a folder. Each file goes in pieces; after a break it goes on where
 * it stopped, because the server says how much has come. Nothing that was chosen vanishes without a word: while files go
 * and the dialog is closed, a card stays on the page; what did not arrive stays on it, by name and reason, until somebody
 * puts it away, also when the page is loaded again.
 *
 *   <div data-upload data-uploads="/api/v1/collections/…/uploads" data-imports="…/imports" data-member="ID" data-max="BYTES">
 *   <aside class="upload-card" hidden>   see upload-card.js
 */
import { dropped } from './drop.js';
import { icon, make, say, send, texts } from './page.js';
import { path, withSidecars } from './sidecars.js';
import { Card, IMPORTS } from './upload-card.js';

const PIECE = 4 << 20;
const AT_ONCE = 3;
const TRIES = 6;
const LONGEST_MS = 15_000;
const FILES = 500;
const NOT_TAKEN = ['REFUSED', 'FAILED', 'QUARANTINED'];

export function start(place) {
    new Uploads(place);
}

class Uploads {
    constructor(place) {
        this.place = place;
        this.t = texts(place);
        this.dialog = place.closest('dialog');
        this.list = place.querySelector('[data-list]');
        this.total = place.querySelector('[data-total]');
        this.waiting = [];
        this.running = new Set();
        this.keys = new Set();
        this.summed = new Set(); // the choosings that done and failed count
        this.bytes = 0;
        this.sent = 0;
        this.done = 0;
        this.failed = 0;
        this.card = new Card(place, this.t);
        this.card.addEventListener('put-away', () => this.putAway());
        for (const input of place.querySelectorAll('[data-files]')) {
            input.addEventListener('change', () => {
                this.add([...input.files]);
                input.value = '';
            });
        }
        place.querySelector('[data-cancel-all]').addEventListener('click', () => this.cancelAll());
        this.receiveDrops();
        this.dialog.addEventListener('close', () => this.show());
        addEventListener('beforeunload', (event) => {
            if (this.left() > 0) {
                event.preventDefault();
            }
        });
        addEventListener('pagehide', () => this.card.keep([...this.running, ...this.waiting].map((each) => each.file)));
        document.addEventListener('likeness:import', (event) => this.imported(event.detail));
        document.addEventListener('likeness:imported', (event) => event.detail.missed && this.catchUp());
        this.catchUp();
    }

    receiveDrops() {
        const area = this.place.querySelector('.drop-area');
        const hasFiles = (event) => event.dataTransfer?.types?.includes('Files');
        document.addEventListener('dragover', (event) => {
            if (hasFiles(event)) {
                event.preventDefault();
                area.classList.add('over');
                if (!this.dialog.open) {
                    this.dialog.showModal();
                    this.show();
                }
            }
        });
        document.addEventListener('dragleave', () => area.classList.remove('over'));
        document.addEventListener('drop', async (event) => {
            if (hasFiles(event)) {
                event.preventDefault();
                area.classList.remove('over');
                const { files, unreadable } = await dropped(event.dataTransfer);
                this.add(files, { unreadable });
            }
        });
    }

    value(name) {
        return this.place.querySelector(`[name="${name}"]`)?.value.trim() || undefined;
    }

    left() {
        return this.running.size + this.waiting.length;
    }

    /**
     * @param unreadable names of what was chosen too, but cannot be read
     * @param again whether they count to what was chosen before
     */
    add(files, { unreadable = [], again = false } = {}) {
        const source = this.place.querySelector('[name="source"]');
        if (source?.required && !source.value.trim()) {
            source.setAttribute('aria-invalid', 'true');
            source.focus();
            this.say(this.t('need-source'));
            return;
        }
        source?.removeAttribute('aria-invalid');
        if (!this.left() && !again) {
            Object.assign(this, { bytes: 0, sent: 0, done: 0, failed: 0 });
            this.summed.clear();
            this.card.begin();
        }
        const about = { source: this.value('source'), grantedBy: this.value('grantedBy'), choosing: newId() };
        for (const name of unreadable) {
            new Upload(this, { name }, about).fail(this.t('unreadable'));
        }
        const { photos, alone } = withSidecars(files);
        for (const file of alone) {
            new Upload(this, file, about).fail(this.t('xmp-alone'));
        }
        for (const { file, sidecars } of photos) {
            const upload = new Upload(this, file, about, sidecars);
            if (file.size > Number(this.place.dataset.max)) {
                upload.fail(this.t('too-large'));
            } else if (!file.size) {
                upload.fail(this.t('empty'));
            } else {
                this.again(upload);
            }
        }
        this.next();
    }

    again(upload) {
        upload.takeKey(this.keys);
        this.bytes += upload.file.size;
        this.waiting.push(upload);
    }

    next() {
        while (this.running.size < AT_ONCE && this.waiting.length) {
            const upload = this.waiting.shift();
            this.running.add(upload);
            upload.run().finally(() => {
                this.running.delete(upload);
                this.next();
            });
        }
        this.show();
    }

    /** Nothing can go on until somebody signs in: what is left is told as not arrived, and goes on after that. */
    signedOut() {
        this.card.signedOut([...this.running, ...this.waiting].map((each) => each.file));
        this.forgetAll();
    }

    putAway() {
        this.failed = 0;
        this.list.querySelectorAll('li:has(.why)').forEach((each) => each.remove());
        this.show();
    }

    cancelAll() {
        [...this.running, ...this.waiting].forEach((each) => each.cancel());
        this.show();
    }

    forgetAll() {
        for (const each of [...this.running, ...this.waiting]) {
            each.forget();
        }
        this.show();
    }

    say(text) {
        this.total.hidden = false;
        this.total.querySelector('[role=status]').textContent = text;
    }

    show() {
        const bar = this.total.querySelector('progress');
        const left = this.left();
        bar.value = this.bytes ? this.sent / this.bytes : 0;
        bar.hidden = !left;
        this.place.querySelector('[data-cancel-all]').hidden = !left;
        this.place.toggleAttribute('data-busy', left > 0);
        const held = [...this.running].map((each) => each.held).find(Boolean);
        const { failed } = this;
        let text = '';
        if (left) {
            text = held ? this.t(held) : this.t('total', { n: left, share: Math.floor(100 * bar.value) });
        } else if (this.done + failed) {
            text = failed && this.done ? this.t('failed', { n: this.done, failed })
                : this.t(failed ? 'not-taken' : 'done', { n: failed || this.done });
        }
        if (text) {
            this.say(text);
        }
        this.card.show({ left, share: bar.value, text });
    }

    /** What the import did not take of what was sent from here is told as what did not arrive is. */
    async imported({ state, run, results, problem }) {
        if (state === 'ended' && !run && problem && this.card.choosings.size) {
            this.card.notImported(problem);
        } else if (state === 'ended' && run && NOT_TAKEN.some((result) => results[result]) && this.card.choosings.size) {
            await this.hear(async () => [await (await send(`${this.place.dataset.imports}/${run}`)).json()]);
        }
    }

    /** What was imported while another page was shown. */
    async catchUp() {
        if (this.card.choosings.size) {
            await this.hear(async () => (await (await send(`${this.place.dataset.imports}?limit=${IMPORTS}`)).json()).imports);
        }
    }

    async hear(imports) {
        try {
            for (const { id, choosing, files } of await imports()) {
                for (const result of this.card.choosings.has(choosing) ? NOT_TAKEN : []) {
                    if (files[result]) {
                        await this.tell(id, result, this.summed.has(choosing));
                    }
                }
            }
        } catch (refused) {
            say(refused.message || this.t('broken'));
        }
        this.show();
    }

    async tell(run, result, summed) {
        const { heard } = this.card;
        const key = `${run} ${result}`;
        let files;
        do {
            const after = heard[key] ?? 0;
            const page = `files?result=${result}&limit=${FILES}&after=${after}`;
            ({ files } = await (await send(`${this.place.dataset.imports}/${run}/${page}`)).json());
            for (const { sequence, name, reason, advice } of files) {
                if (sequence <= (heard[key] ?? 0)) {
                    continue; // told by another event meanwhile
                }
                heard[key] = sequence;
                const known = this.t(`why.${reason ?? result}`);
                this.card.add(name, known.startsWith('why.') ? advice : known);
                if (summed && this.done > 0) {
                    this.done--;
                    this.failed++;
                }
            }
        } while (files.length === FILES);
    }
}

class Upload {
    constructor(uploads, file, about, sidecars = []) {
        this.uploads = uploads;
        this.file = file;
        this.about = about;
        this.sidecars = sidecars;
        this.sent = 0;
    }

    /**
     * The same file of the same person is the same upload, also after the page was loaded again. Two files of one page
     * that only look the same, as from two folders, are two.
     */
    takeKey(taken) {
        const looks = `${path(this.file)}/${this.file.size}/${this.file.lastModified}`;
        this.key = looks;
        for (let n = 2; taken.has(this.key); n++) {
            this.key = `${looks}/${n}`;
        }
        taken.add(this.key);
    }

    /** Only what is on its way is in the list: a folder may have thousands. */
    appear() {
        const { t } = this.uploads;
        this.bar = make('progress', { class: 'small', max: 1, value: 0, 'aria-label': this.file.name });
        this.item?.remove();
        this.item = make('li', {}, make('span', { class: 'file-name' }, this.file.name),
            make('button', { type: 'button', class: 'button quiet small', onclick: () => this.cancel() }, t('cancel')), this.bar);
        this.uploads.list.prepend(this.item);
    }

    async run() {
        let tries = 0; // since it last got on
        let breaks = 0;
        let furthest = 0;
        this.appear();
        while (!this.over) {
            try {
                const state = await this.begin();
                await this.sendSidecars(state);
                await this.append(state);
                if (!this.over) {
                    this.uploads.done++;
                    this.uploads.card.arrived(this.file);
                    this.item.remove();
                }
                break;
            } catch (refused) {
                if (this.over) {
                    break;
                }
                if (this.sent > furthest) {
                    furthest = this.sent;
                    tries = 0;
                    breaks = 0;
                }
                this.held = holds(refused, this.id);
                const why = this.held ? undefined : this.judge(refused, ++tries);
                if (why) {
                    this.fail(why);
                }
                if (this.over) {
                    break;
                }
                this.uploads.show();
                await pause(Math.min(500 * 2 ** Math.min(++breaks, 5), LONGEST_MS));
                this.held = undefined;
            }
        }
        this.uploads.show();
    }

    /** Why a file cannot arrive; nothing when it may, a little later. */
    judge(refused, tries) {
        const { t } = this.uploads;
        const { status } = refused;
        if (status === 401 || status === 403 && refused.problem?.type?.endsWith(':csrf')) {
            this.uploads.signedOut();
            return undefined;
        }
        if (status === 404) {
            this.id = undefined;
        }
        if (tries < TRIES && (status >= 500 || [404, 408, 409, 425, 429].includes(status))) {
            return undefined;
        }
        const whole = [refused.problem?.title, refused.problem?.detail].filter(Boolean).join('. ');
        if (status === 422) {
            return this.id ? t('no-photo') : whole || t('refused', { status });
        }
        if (status === 403 && refused.problem?.type?.endsWith(':refused')) {
            return t('no-grant');
        }
        return { 413: t('too-large'), 415: t('no-photo') }[status] ?? (whole || t('refused', { status }));
    }

    async begin() {
        if (this.id) {
            return (await send(`${this.uploads.place.dataset.uploads}/${this.id}`)).json();
        }
        const answer = await send(this.uploads.place.dataset.uploads, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', 'Idempotency-Key': encodeURIComponent(this.key) },
            body: JSON.stringify({ name: this.file.name, size: this.file.size, ...this.about }),
        });
        const state = await answer.json();
        this.id = state.id;
        if (this.over) {
            this.giveUp(); // cancelled while the answer came
        }
        this.uploads.card.choosings.add(state.choosing);
        this.uploads.summed.add(state.choosing);
        return state;
    }

    async sendSidecars(state) {
        for (const [index, sidecar] of state.complete || this.over ? [] : this.sidecars.entries()) {
            await send(`${this.uploads.place.dataset.uploads}/${this.id}/sidecars/${index + 1}`, {
                method: 'PUT',
                headers: { 'Content-Type': 'application/rdf+xml' },
                body: sidecar,
            });
        }
    }

    async append(state) {
        let { offset, complete } = state;
        this.progress(offset);
        while (!complete && !this.over) {
            const answer = await send(`${this.uploads.place.dataset.uploads}/${this.id}`, {
                method: 'PATCH',
                headers: { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': offset },
                body: this.file.slice(offset, offset + PIECE),
            });
            ({ offset, complete } = await answer.json());
            this.progress(offset);
        }
    }

    progress(offset) {
        if (this.over) {
            return;
        }
        this.uploads.sent += offset - this.sent;
        this.sent = offset;
        this.bar.value = offset / this.file.size;
        this.uploads.show();
    }

    /** Takes it out of what is under way. */
    forget() {
        if (!this.over) {
            this.over = true;
            if (this.uploads.keys.delete(this.key)) {
                this.uploads.bytes -= this.file.size;
                this.uploads.sent -= this.sent;
            }
            this.uploads.waiting = this.uploads.waiting.filter((each) => each !== this);
            this.item?.remove();
        }
    }

    cancel() {
        this.forget();
        if (this.id) {
            this.giveUp();
        }
        this.uploads.show();
    }

    giveUp() {
        send(`${this.uploads.place.dataset.uploads}/${this.id}`, { method: 'DELETE' }).catch(() => {});
    }

    fail(why) {
        this.forget();
        const { t, list, card } = this.uploads;
        const problem = card.add(this.file.name, why);
        this.uploads.failed++;
        this.item = make('li', {}, make('span', { class: 'file-name' }, this.file.name),
            this.file instanceof File ? make('button', {
                type: 'button', class: 'button small', onclick: () => {
                    this.item.remove();
                    card.remove(problem);
                    this.uploads.failed = Math.max(0, this.uploads.failed - 1);
                    this.uploads.add([this.file, ...this.sidecars], { again: true });
                },
            }, t('retry')) : null,
            make('p', { class: 'why' }, icon('circle-alert'), make('span', {}, why)));
        list.prepend(this.item);
    }
}

/** What an upload waits for, as long as it takes: a connection, or room for what is not begun yet. */
function holds({ status }, id) {
    return status === undefined ? 'broken' : status === 503 && !id ? 'full' : undefined;
}

/** Waits, no longer than until the connection is back. */
function pause(ms) {
    return new Promise((go) => {
        const end = () => {
            clearTimeout(timer);
            removeEventListener('online', end);
            go();
        };
        const timer = setTimeout(end, ms);
        addEventListener('online', end);
    });
}

/** A random id; crypto.randomUUID is not there on a page without TLS. */
function newId() {
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = b[6] & 0x0f | 0x40;
    b[8] = b[8] & 0x3f | 0x80;
    const hex = [...b].map((each) => each.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
