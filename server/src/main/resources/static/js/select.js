/**
 * Choosing photos of the grid, and deleting them. A photo is chosen by its tick, by pressing it for long, by a click once
 * one is chosen, or by x; shift and a click or an arrow choose all between. Delete asks, Escape ends.
 *
 *   <div data-grid data-delete="…/photos/{id}">   without it nothing can be chosen
 *   <button data-select>                          begins, for whoever does not know of the ticks
 *   <dialog id="delete-photos"> h2, [data-progress] > p + progress, [data-stops], [data-deletes]
 */
import { address, icon, make, mayUseKey, say, send } from './page.js';

const AT_ONCE = 4;
const LONG_MS = 500;
const STILL_PX = 10;

export class Selection {
    constructor(grid) {
        this.grid = grid;
        this.t = grid.t;
        this.chosen = new Map();
        this.on = false;
        this.count = make('strong', { role: 'status' });
        this.what = make('span');
        this.remove = make('button', { class: 'button danger', type: 'button', onclick: () => this.ask() },
            icon('trash-2'), this.what);
        this.form = document.getElementById('download-photos');
        this.howMany = make('span');
        this.download = make('button', { class: 'button', type: 'button', onclick: () => this.downloadAll() },
            icon('download'), this.howMany);
        this.bar = make('div', { class: 'selection-bar', role: 'region', 'aria-label': this.t('selection'), hidden: true },
            this.count, ...this.form ? [this.download] : [], this.remove,
            make('button', { class: 'button', type: 'button', onclick: () => this.leave() }, this.t('clear')));
        grid.grid.append(this.bar);
        this.listen(grid.space);
        this.dialog = document.getElementById('delete-photos');
        this.dialog.querySelector('[data-deletes]').addEventListener('click', () => this.removeAll());
        this.dialog.querySelector('[data-stops]').addEventListener('click', () => this.dialog.close());
        this.dialog.addEventListener('close', () => { this.stopped = true; });
    }

    listen(space) {
        document.querySelector('[data-select]')?.addEventListener('click', () => this.on ? this.leave() : this.enter());
        document.addEventListener('keydown', (event) => this.keydown(event));
        space.addEventListener('click', (event) => this.click(event));
        space.addEventListener('pointerdown', (event) => this.down(event));
        space.addEventListener('pointermove', (event) => {
            if (this.from && Math.hypot(event.clientX - this.from.x, event.clientY - this.from.y) > STILL_PX) {
                this.released();
            }
        });
        for (const end of ['pointerup', 'pointercancel']) {
            space.addEventListener(end, () => this.released());
        }
        space.addEventListener('contextmenu', (event) => {
            if (this.from || this.held) {
                event.preventDefault();
            }
        });
    }

    /** Puts the tick on a photo that was just drawn. */
    dress(cell, index, day) {
        cell.append(make('button', {
            class: 'tick', type: 'button', role: 'checkbox', 'aria-checked': 'false',
            'aria-label': this.t('select', { n: index + 1, day }),
            tabindex: index === this.grid.focused ? '0' : '-1',
        }, icon('circle-check')));
        this.show(cell, index);
    }

    show(cell, index) {
        const chosen = this.chosen.has(index);
        cell.toggleAttribute('data-chosen', chosen);
        cell.querySelector('.tick')?.setAttribute('aria-checked', String(chosen));
    }

    showAll() {
        for (const cell of this.grid.space.querySelectorAll('[data-index]')) {
            this.show(cell, Number(cell.dataset.index));
        }
        const n = this.chosen.size;
        this.count.textContent = this.t(n ? 'selected' : 'selected.none', { n });
        this.what.textContent = this.t('delete', { n });
        this.howMany.textContent = this.t('download', { n });
        this.remove.hidden = this.download.hidden = n === 0;
        this.bar.hidden = !this.on;
        this.grid.grid.classList.toggle('selecting', this.on);
        document.querySelector('[data-select]')?.setAttribute('aria-pressed', String(this.on));
    }

    enter() {
        this.on = true;
        this.showAll();
    }

    leave() {
        const within = this.bar.contains(document.activeElement);
        this.on = false;
        this.anchor = undefined;
        this.chosen.clear();
        this.showAll();
        if (within) {
            this.grid.focus(this.grid.focused);
        }
    }

    async toggle(index) {
        this.on = true;
        if (this.chosen.delete(index)) {
            this.showAll();
            return;
        }
        await this.choose(index, index);
    }

    /** Chooses a photo and all between it and another; their ids may have to be fetched. */
    async choose(from, to) {
        this.on = true;
        const [first, last] = from < to ? [from, to] : [to, from];
        const { pages } = this.grid;
        await this.grid.loadAll(first, last);
        if (!this.on || pages !== this.grid.pages) {
            return; // ended meanwhile: the places are those of other photos now
        }
        for (let index = first; index <= last; index++) {
            const photo = this.grid.photo(index);
            if (photo) {
                this.chosen.set(index, photo.id);
            }
        }
        this.anchor = to;
        this.showAll();
    }

    click(event) {
        const cell = event.target.closest('[data-index]');
        if (!cell) {
            return;
        }
        if (this.held) { // the end of the long press that chose it
            event.preventDefault();
            this.held = false;
            return;
        }
        const index = Number(cell.dataset.index);
        if (event.target.closest('.tick') || event.shiftKey || (this.on && !event.ctrlKey && !event.metaKey)) {
            event.preventDefault();
            this.grid.focused = index;
            if (event.shiftKey && this.anchor !== undefined) {
                this.choose(this.anchor, index);
            } else {
                this.toggle(index);
            }
        }
    }

    down(event) {
        this.held = false;
        const cell = event.target.closest('[data-index]');
        if (cell && event.pointerType !== 'mouse' && !event.target.closest('.tick')) {
            this.from = { x: event.clientX, y: event.clientY };
            this.timer = setTimeout(() => {
                this.held = true;
                this.toggle(Number(cell.dataset.index));
            }, LONG_MS);
        }
    }

    released() {
        clearTimeout(this.timer);
        this.from = undefined;
    }

    keydown(event) {
        if (!mayUseKey(event)) {
            return;
        }
        const within = this.grid.space.contains(event.target);
        if (event.key === 'Escape' && this.on) {
            this.leave();
        } else if (event.key === 'Delete' && this.chosen.size) {
            this.ask();
        } else if (event.key === 'x' && within) {
            this.toggle(this.grid.focused);
        } else {
            return;
        }
        event.preventDefault();
    }

    /** As one file; the browser saves it while it comes. */
    downloadAll() {
        const fields = [...this.chosen.values()].map((id) => make('input', { type: 'hidden', name: 'photo', value: id }));
        this.form.append(...fields);
        this.form.submit();
        fields.forEach((field) => field.remove());
    }

    ask() {
        this.dialog.querySelector('h2').textContent = this.t('delete.title', { n: this.chosen.size });
        this.dialog.querySelector('[data-progress]').hidden = true;
        this.dialog.querySelector('[data-deletes]').disabled = false;
        this.dialog.showModal();
    }

    /** One after the other, some at once: each is deleted for itself, so stopping leaves the others. */
    async removeAll() {
        const line = this.dialog.querySelector('[data-progress]');
        const words = line.querySelector('p');
        const bar = line.querySelector('progress');
        this.dialog.querySelector('[data-deletes]').disabled = true;
        this.stopped = false;
        const n = this.chosen.size;
        const waiting = [...this.chosen.values()];
        const kept = [];
        let done = 0;
        const work = async () => {
            while (waiting.length && !this.stopped) {
                try {
                    await this.removeOne(waiting.shift());
                    done++;
                } catch (refused) {
                    kept.push(refused);
                    this.stopped ||= refused.status === undefined; // nothing answers
                }
                bar.value = (done + kept.length) / n;
                words.textContent = this.t('deleting', { done, n });
            }
        };
        line.hidden = n === 1;
        await Promise.all(Array.from({ length: AT_ONCE }, work));
        this.dialog.close();
        this.leave();
        if (kept.length) {
            say(this.t('kept', { n: kept.length, why: kept[0].message }));
        }
        if (done) {
            say(this.t('deleted', { n: done }));
        }
        await this.grid.imported();
    }

    async removeOne(id) {
        try {
            await send(address(this.grid.grid.dataset.delete, { id }), { method: 'DELETE' });
        } catch (refused) {
            if (refused.status !== 404) { // somebody else deleted it
                throw refused;
            }
        }
    }
}
