/**
 * What the page says of uploads while their dialog is closed: how far they are, what did not arrive and why, and what was
 * left unfinished before. Names stay in this tab's session storage, for its member only, and on the server.
 *
 *   <aside class="upload-card" data-upload-card hidden> with data-bar, data-line, data-said, data-away, data-problems,
 *   and data-lost with data-lost-line, data-lost-names, data-choose, data-sign-in, data-discard
 */
import { icon, make, say, send } from './page.js';

const KEPT = 500;
const NAMES = 5;
export const IMPORTS = 20;
/** Somebody else's tab or machine may be sending it: what moved this lately is not lost. */
const STILL_MS = 30_000;

const same = (one, other) => one.name === other.name && one.size === other.size;

export class Card extends EventTarget {
    constructor(place, t) {
        super();
        this.place = place;
        this.t = t;
        this.dialog = place.closest('dialog');
        this.card = document.querySelector('[data-upload-card]');
        this.key = `uploads ${place.dataset.uploads}`;
        this.problems = [];
        this.lost = [];
        this.choosings = new Set();
        this.heard = {};
        this.state = { left: 0, share: 0, text: '' };
        this.restore();
        this.part('away').addEventListener('click', () => this.putAway());
        this.part('discard').addEventListener('click', () => this.discard());
        new MutationObserver(() => this.draw()).observe(this.dialog, { attributes: true, attributeFilter: ['open'] });
        this.draw();
        this.ask();
    }

    part(name) {
        return this.card.querySelector(`[data-${name}]`);
    }

    restore() {
        const kept = JSON.parse(sessionStorage.getItem(this.key) ?? '{}');
        if (kept.member === this.place.dataset.member) {
            this.problems = kept.problems.map((each) => ({ ...each, old: true }));
            this.lost = kept.lost;
            this.choosings = new Set(kept.choosings);
            this.heard = kept.heard;
        } else {
            sessionStorage.removeItem(this.key);
        }
    }

    /** @param going files that would be lost with the page */
    keep(going = []) {
        const lost = this.lost.map(({ name, size }) => ({ name, size }));
        for (const { name, size } of going) {
            if (!lost.some((each) => same(each, { name, size }))) {
                lost.push({ name, size });
            }
        }
        if (this.problems.length || lost.length || this.choosings.size) {
            sessionStorage.setItem(this.key, JSON.stringify({
                member: this.place.dataset.member,
                problems: this.problems.slice(-KEPT).map(({ name, why }) => ({ name, why })),
                lost: lost.slice(-KEPT),
                choosings: [...this.choosings].slice(-IMPORTS),
                heard: this.heard,
            }));
        } else {
            sessionStorage.removeItem(this.key);
        }
    }

    /** The server knows what it has in part. */
    async ask() {
        let fresh = false;
        try {
            const answer = await send(`${this.place.dataset.uploads}?limit=${KEPT}`);
            const now = Date.parse(answer.headers.get('Date') ?? '') || Date.now();
            for (const found of (await answer.json()).uploads) {
                const known = this.lost.find((each) => same(each, found));
                if (known) {
                    known.id = found.id;
                } else if (now - Date.parse(found.lastAt) > STILL_MS) {
                    this.lost.push({ name: found.name, size: found.size, id: found.id });
                } else {
                    fresh = true;
                }
            }
        } catch {
            return; // the page itself says when the server is not there
        }
        if (fresh && !this.state.left && !this.asked) {
            this.asked = true;
            setTimeout(() => this.state.left || this.ask(), STILL_MS + 5_000);
        }
        this.draw();
    }

    begin() {
        this.problems.forEach((each) => { each.old = true; });
    }

    add(name, why) {
        const problem = { name, why };
        this.problems.push(problem);
        this.changed();
        return problem;
    }

    /** Why what arrived could not be imported at all; said once, until it is put away. */
    notImported(why) {
        const name = this.t('not-imported');
        if (!this.problems.some((each) => each.name === name && each.why === why)) {
            this.add(name, why);
        }
    }

    remove(problem) {
        this.problems = this.problems.filter((each) => each !== problem);
        this.changed();
    }

    arrived(file) {
        const before = this.problems.length + this.lost.length;
        this.lost = this.lost.filter((each) => !same(each, file));
        this.problems = this.problems.filter((each) => !(each.old && each.name === file.name));
        if (before !== this.problems.length + this.lost.length) {
            this.changed();
        }
    }

    signedOut(files) {
        this.gone = true;
        this.lost.push(...files.filter((file) => !this.lost.some((each) => same(each, file)))
            .map(({ name, size }) => ({ name, size })));
        this.changed();
    }

    putAway() {
        this.problems = [];
        this.changed();
        this.dispatchEvent(new Event('put-away'));
    }

    async discard() {
        const going = this.lost;
        this.lost = [];
        this.changed();
        for (const { id } of going) {
            if (id) {
                await send(`${this.place.dataset.uploads}/${id}`, { method: 'DELETE' }).catch((refused) => {
                    if (refused.status !== 404) {
                        say(refused.message || this.t('broken'));
                    }
                });
            }
        }
    }

    /** Once for all that changes together: of a folder thousands of files may not be taken. */
    changed() {
        if (!this.changing) {
            this.changing = true;
            queueMicrotask(() => {
                this.changing = false;
                this.keep();
                this.draw();
            });
        }
    }

    show(state) {
        const ended = this.state.left > 0 && !state.left;
        this.state = state;
        if (ended && !this.dialog.open && !this.problems.length && !this.lost.length) {
            say(state.text);
        }
        this.draw();
    }

    draw() {
        const { left, share, text } = this.state;
        const some = this.problems.length > 0;
        const lost = this.lost.length > 0 && !left;
        this.card.hidden = this.dialog.open || !left && !some && !lost;
        this.part('head').hidden = !left && !some;
        this.part('bar').hidden = !left;
        this.part('bar').value = share;
        this.part('line').textContent = left || text ? text : this.t('not-taken', { n: this.problems.length });
        this.part('said').textContent = left ? '' : this.part('line').textContent;
        this.part('away').hidden = !some;
        this.drawList(this.part('problems'), this.problems, ({ name, why }) => [
            make('strong', { class: 'file-name' }, name), make('span', { class: 'why' }, why)]);
        this.part('lost').hidden = !lost;
        this.part('lost-line').textContent = this.t(this.gone ? 'signed-out' : 'lost', { n: this.lost.length });
        this.part('choose').hidden = Boolean(this.gone);
        this.part('discard').hidden = Boolean(this.gone);
        this.part('sign-in').hidden = !this.gone;
        const more = this.lost.length - NAMES;
        const names = this.lost.slice(0, NAMES).map((each) => each.name);
        this.part('lost-names').textContent = names.join(', ') + (more > 0 ? ` ${this.t('and-more', { n: more })}` : '');
    }

    drawList(list, all, parts) {
        const shown = `${all.length} ${all.at(-1)?.name} ${all.at(0)?.name}`;
        if (list.dataset.shown !== shown) {
            list.dataset.shown = shown;
            list.replaceChildren(...all.slice(-100).map((each) => make('li', {}, icon('circle-alert'), make('div', {}, ...parts(each)))));
        }
        list.hidden = !all.length;
    }
}
