/**
 * Adds photos: drop them anywhere, or choose files or a folder. Each file goes in pieces; after a break it goes on where
 * it stopped, because the server says how much has come.
 *
 *   <div data-upload data-uploads="/api/v1/collections/…/uploads" data-max="BYTES">
 */
import { icon, make, send, texts } from './page.js';

const PIECE = 4 << 20;
const AT_ONCE = 3;
const TRIES = 6;

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
        this.running = 0;
        this.bytes = 0;
        this.sent = 0;
        this.done = 0;
        this.failed = 0;
        for (const input of place.querySelectorAll('[data-files]')) {
            input.addEventListener('change', () => {
                this.add([...input.files]);
                input.value = '';
            });
        }
        this.receiveDrops();
        addEventListener('beforeunload', (event) => {
            if (this.running > 0) {
                event.preventDefault();
            }
        });
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
                }
            }
        });
        document.addEventListener('dragleave', () => area.classList.remove('over'));
        document.addEventListener('drop', async (event) => {
            if (hasFiles(event)) {
                event.preventDefault();
                area.classList.remove('over');
                this.add(await dropped(event.dataTransfer));
            }
        });
    }

    value(name) {
        return this.place.querySelector(`[name="${name}"]`)?.value.trim() || undefined;
    }

    add(files) {
        const source = this.place.querySelector('[name="source"]');
        if (source?.required && !source.value.trim()) {
            source.setAttribute('aria-invalid', 'true');
            source.focus();
            this.say(this.t('need-source'));
            return;
        }
        source?.removeAttribute('aria-invalid');
        const choosing = newId();
        for (const file of files) {
            const upload = new Upload(this, file, { source: this.value('source'), grantedBy: this.value('grantedBy'), choosing });
            if (file.size > Number(this.place.dataset.max)) {
                upload.fail(this.t('too-large'));
            } else {
                this.bytes += file.size;
                this.waiting.push(upload);
            }
        }
        this.next();
    }

    next() {
        while (this.running < AT_ONCE && this.waiting.length) {
            this.running++;
            this.waiting.shift().run().finally(() => {
                this.running--;
                this.next();
            });
        }
        this.show();
    }

    say(text) {
        this.total.hidden = false;
        this.total.querySelector('[role=status]').textContent = text;
    }

    show() {
        const bar = this.total.querySelector('progress');
        bar.value = this.bytes ? this.sent / this.bytes : 0;
        const left = this.running + this.waiting.length;
        this.place.toggleAttribute('data-busy', left > 0);
        if (left) {
            this.say(this.t('total', { left, share: Math.floor(100 * bar.value) }));
        } else if (this.done + this.failed) {
            this.say(this.t(this.failed ? 'failed' : 'done', { n: this.done, failed: this.failed }));
        }
    }
}

class Upload {
    constructor(uploads, file, about) {
        this.uploads = uploads;
        this.file = file;
        this.about = about;
        this.sent = 0;
        this.bar = make('progress', { class: 'small', max: 1, value: 0, 'aria-label': file.name });
        this.stop = make('button', { type: 'button', class: 'button quiet small', onclick: () => this.cancel() }, uploads.t('cancel'));
        this.item = make('li', { class: 'upload' }, make('span', {}, file.name), this.stop, this.bar);
        uploads.list.prepend(this.item);
    }

    /** The same file of the same person is the same upload, also after the page was loaded again. */
    key() {
        return `${this.file.webkitRelativePath || this.file.name}/${this.file.size}/${this.file.lastModified}`;
    }

    async run() {
        let tries = 0;
        while (!this.cancelled) {
            try {
                const state = await this.begin();
                await this.append(state);
                this.uploads.done++;
                this.item.remove();
                break;
            } catch (refused) {
                const lasting = refused.status && refused.status < 500 && refused.status !== 409 && refused.status !== 404;
                if (lasting || ++tries >= TRIES || this.cancelled) {
                    this.fail(refused.message);
                    break;
                }
                this.id = refused.status === 404 ? undefined : this.id;
                await new Promise((go) => setTimeout(go, Math.min(500 * 2 ** tries, 15000)));
            }
        }
        this.uploads.show();
    }

    async begin() {
        if (this.id) {
            return (await send(`${this.uploads.place.dataset.uploads}/${this.id}`)).json();
        }
        const answer = await send(this.uploads.place.dataset.uploads, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', 'Idempotency-Key': encodeURIComponent(this.key()) },
            body: JSON.stringify({ name: this.file.name, size: this.file.size, ...this.about }),
        });
        const state = await answer.json();
        this.id = state.id;
        return state;
    }

    async append(state) {
        let offset = state.offset;
        this.progress(offset);
        while (offset < this.file.size && !this.cancelled) {
            const answer = await send(`${this.uploads.place.dataset.uploads}/${this.id}`, {
                method: 'PATCH',
                headers: { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': offset },
                body: this.file.slice(offset, offset + PIECE),
            });
            offset = (await answer.json()).offset;
            this.progress(offset);
        }
    }

    progress(offset) {
        this.uploads.sent += offset - this.sent;
        this.sent = offset;
        this.bar.value = this.file.size ? offset / this.file.size : 1;
        this.uploads.show();
    }

    cancel() {
        this.cancelled = true;
        this.uploads.bytes -= this.file.size;
        this.uploads.sent -= this.sent;
        this.uploads.waiting = this.uploads.waiting.filter((each) => each !== this);
        this.item.remove();
        if (this.id) {
            send(`${this.uploads.place.dataset.uploads}/${this.id}`, { method: 'DELETE' }).catch(() => {});
        }
        this.uploads.show();
    }

    fail(why) {
        if (this.cancelled) {
            return;
        }
        this.uploads.failed++;
        this.bar.remove();
        this.stop.replaceWith(make('button', {
            type: 'button', class: 'button small', onclick: () => {
                this.item.remove();
                this.uploads.failed--;
                this.uploads.add([this.file]);
            },
        }, this.uploads.t('retry')));
        this.item.append(make('p', { class: 'why', role: 'alert' }, icon('circle-alert'), why));
    }
}

/** A random id; crypto.randomUUID is not there on a page without TLS. */
function newId() {
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = b[6] & 0x0f | 0x40;
    b[8] = b[8] & 0x3f | 0x80;
    const hex = [...b].map((each) => each.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The files of a drop, folders with all that is in them. */
async function dropped(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.length) {
        return [...transfer.files];
    }
    const files = [];
    const walk = async (entry) => {
        if (entry.isFile) {
            files.push(await new Promise((yes, no) => entry.file(yes, no)));
        } else {
            const reader = entry.createReader();
            for (;;) {
                const some = await new Promise((yes, no) => reader.readEntries(yes, no));
                if (!some.length) {
                    break;
                }
                for (const each of some) {
                    await walk(each);
                }
            }
        }
    };
    for (const entry of entries) {
        await walk(entry);
    }
    return files;
}
