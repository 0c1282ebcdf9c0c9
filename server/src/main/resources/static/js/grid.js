/**
 * All photos of a collection as justified rows, newest first, with a scrubber of dates.
 *
 *   <div data-grid data-layout="…/timeline/layout" data-page="…/timeline" data-thumbnail="…/{id}/thumbnail"
 *        data-photo="/c/…/photos/{id}">
 *
 * The layout comes first: a byte a photo, its width over its height. So every row of a hundred thousand photos is
 * known before any picture is, nothing ever moves, and only the rows near the window are in the document. Pages of ids
 * follow on demand, 200 photos each. While the window flies, nothing is fetched: what is passed would only stand in the
 * way of the place where it stops. What is no longer shown is called off.
 */
import { address, make, send, say, texts } from './page.js';
import { indexOf, leaves, returns } from './place.js';
import { cells, firstRow, HEADING, layRows } from './rows.js';
import { dayName, monthName, Scrubber } from './scrubber.js';
import { Selection } from './select.js';

const PAGE = 200;
const NEAR = 60;
/** A window that moves further than its own height between two frames flies, until it rested so long. */
const REST_MS = 120;

export async function start(grid) {
    const t = texts(grid);
    let layout;
    try {
        layout = await (await send(grid.dataset.layout)).json();
    } catch (refused) {
        grid.append(make('p', { class: 'notice bad', role: 'alert' }, make('span', {}, refused.message || t('failed'))));
        return;
    }
    const photos = new Grid(grid, layout, t);
    await photos.comeBack(returns());
    photos.begin();
}

class Grid {
    constructor(grid, layout, t) {
        this.grid = grid;
        this.t = t;
        this.loading = new Map();
        this.wanted = new Set();
        this.take(layout);
        this.shown = new Map();
        this.rows = [];
        this.headings = [];
        this.focused = 0;
        this.space = make('div', { class: 'grid-space' });
    }

    take(layout) {
        this.months = layout.months;
        this.starts = layout.starts;
        this.shapes = Uint8Array.from(atob(layout.shapes), (c) => c.charCodeAt(0));
        this.pages = new Map();
        for (const { controller } of this.loading.values()) {
            controller.abort();
        }
        this.loading.clear();
    }

    /** Draws everything anew, because photos came or are gone. The photo at the top of the window stays where it is. */
    async refresh() {
        const kept = this.atTop();
        const layout = await (await send(this.grid.dataset.layout)).json();
        if (!layout.count && this.shapes.length) {
            location.reload();
        }
        if (!layout.count) {
            return;
        }
        const known = new Map();
        const at = await this.find(kept?.photo?.position, layout.starts, known);
        const focused = await this.find(this.photo(this.focused)?.position, layout.starts, known);
        await Promise.all([at, at + NEAR].map((index) => this.fetchPage(layout.starts, Math.floor(index / PAGE), known)));
        if (this.selection?.on) {
            this.later(); // somebody began to choose meanwhile: what is chosen is known by its place
        } else {
            this.swap(layout, known, { kept, at, focused });
        }
    }

    /** Where the window is in the photos; undefined at the very top, where what is new should be seen. */
    atTop() {
        const row = this.rows[this.rowAt(80 - this.offset())];
        return row && scrollY > 40 ? { photo: this.photo(row.from), y: this.offset() + row.y } : undefined;
    }

    find(position, starts, known) {
        return position ? indexOf(position, starts, PAGE, (page) => this.fetchPage(starts, page, known)) : 0;
    }

    /** All at once, so that nobody sees half of it; pictures that are there are not fetched again. */
    swap(layout, known, { kept, at, focused }) {
        const y = scrollY;
        const within = this.space.contains(document.activeElement);
        this.images = new Map();
        for (const image of this.space.querySelectorAll('[data-index] img.shown')) {
            const photo = this.photo(Number(image.closest('[data-index]').dataset.index));
            if (photo) {
                image.decoding = 'sync'; // moved to its new place without a blink
                this.images.set(photo.id, image);
            }
        }
        this.take(layout);
        known.forEach((photos, page) => this.pages.set(page, photos));
        this.focused = Math.min(focused, layout.count - 1);
        this.grid.hidden = false;
        document.getElementById('no-photos')?.remove();
        document.querySelectorAll('[data-select]').forEach((each) => { each.hidden = false; });
        const count = document.getElementById('photo-count');
        if (count) {
            count.textContent = this.t('count', { n: layout.count });
        }
        this.lay(this.space.clientWidth, () => {
            scrollTo(0, y);
            if (kept?.photo) {
                scrollBy(0, this.offset() + this.rows[this.rowOf(at)].y - kept.y);
            }
            this.top = -this.offset(); // no flight
        });
        if (within) {
            this.space.querySelector(`[data-index="${this.focused}"] a`)?.focus({ preventScroll: true });
        }
    }

    /** What came or went shows, but not under the hands of somebody who is choosing. */
    async imported() {
        if (this.refreshing || this.selection?.on) {
            this.later();
            return;
        }
        this.refreshing = true;
        try {
            await this.refresh();
        } catch (refused) {
            if (refused.status !== undefined) {
                say(this.t('failed'), { action: this.t('retry'), onaction: () => this.imported() });
            } // without a connection the next event comes when there is one again
        } finally {
            this.refreshing = false;
        }
    }

    later() {
        this.late ??= setTimeout(() => {
            this.late = undefined;
            this.imported();
        }, 1000);
    }

    /** Learns where the photo is that was seen last; it has the focus once the rows are known. */
    async comeBack(to) {
        const last = this.shapes.length - 1;
        if (to?.position && last >= 0) {
            this.focused = await this.find(to.position, this.starts, this.pages).catch(() => 0); // drawing says it failed
        } else {
            this.focused = Math.max(0, Math.min(to?.index ?? 0, last));
        }
        this.back = to && { y: to.y ?? 0, seen: Boolean(to.position) };
    }

    begin() {
        history.scrollRestoration = 'manual'; // the rows are not there yet when a browser would do it
        this.grid.append(this.space);
        this.scrubber = new Scrubber(this);
        if (this.grid.dataset.delete) {
            this.selection = new Selection(this);
        }
        this.arrange();
        new ResizeObserver(() => this.arrange()).observe(this.grid);
        document.addEventListener('likeness:imported', () => this.imported());
        addEventListener('scroll', () => this.soon(), { passive: true });
        addEventListener('resize', () => this.soon());
        this.space.addEventListener('keydown', (event) => this.keydown(event));
        this.space.addEventListener('focusin', (event) => {
            const cell = event.target.closest('[data-index]');
            if (cell) {
                this.focused = Number(cell.dataset.index);
            }
        });
        addEventListener('pagehide', () => leaves({ y: scrollY, index: this.focused }));
        addEventListener('pageshow', async ({ persisted }) => {
            const to = persisted ? returns(true) : undefined;
            if (to?.position) {
                await this.comeBack(to);
                this.focus(this.focused, true);
            }
        });
    }

    /** Computes every row, keeping the photo at the top of the window where it is. */
    arrange() {
        const width = this.space.clientWidth;
        if (!width || width === this.width) {
            return;
        }
        const top = this.width === undefined ? undefined : this.firstVisible();
        this.lay(width, () => {
            if (top !== undefined) {
                this.scrollTo(top);
            } else if (this.back) {
                scrollTo(0, this.back.y);
            }
        });
        if (this.back?.seen) {
            this.focus(this.focused, true);
        }
        this.back = undefined;
    }

    /** @param place moves the window to where it should be, once the rows are known */
    lay(width, place) {
        const style = getComputedStyle(this.grid);
        this.width = width;
        const aim = parseFloat(style.getPropertyValue('--row')) * parseFloat(getComputedStyle(document.documentElement).fontSize);
        const gap = parseFloat(style.getPropertyValue('--gap'));
        this.gap = gap;
        Object.assign(this, layRows(this.months, this.shapes, { width, aim, gap }));
        this.space.style.height = `${this.height}px`;
        for (const element of this.shown.values()) {
            element.remove();
        }
        this.shown.clear();
        place();
        this.scrubber.arrange();
        this.draw();
    }

    offset() {
        return this.space.getBoundingClientRect().top;
    }

    rowAt(y) {
        return firstRow(this.rows, (row) => row.y + row.height >= y);
    }

    rowOf(index) {
        return firstRow(this.rows, (row) => row.to > index);
    }

    firstVisible() {
        return this.rows.length ? this.rows[this.rowAt(-this.offset())].from : 0;
    }

    scrollTo(index) {
        const row = this.rows[this.rowOf(index)];
        if (row) {
            scrollBy(0, this.offset() + row.y - 120);
        }
    }

    soon() {
        this.frame ??= requestAnimationFrame(() => {
            this.frame = undefined;
            this.draw();
        });
    }

    /** Puts the rows near the window into the document and takes the others out. */
    draw() {
        if (!this.rows.length) {
            return;
        }
        const top = -this.offset();
        const near = innerHeight;
        this.watchSpeed(top);
        const first = this.rowAt(top - near);
        const last = this.rowAt(top + 2 * near);
        const wanted = new Set();
        for (let i = first; i <= last; i++) {
            wanted.add(`r${i}`);
        }
        const headings = this.headings.filter((h) => h.y > top - near - HEADING && h.y < top + 2 * near);
        headings.forEach((h) => wanted.add(`h${h.month}`));
        for (const [key, element] of this.shown) {
            if (!wanted.has(key) && !element.contains(document.activeElement)) {
                callOff(element);
                element.remove();
                this.shown.delete(key);
            }
        }
        for (let i = first; i <= last; i++) {
            if (!this.shown.has(`r${i}`)) {
                this.add(`r${i}`, this.row(i));
            }
        }
        for (const heading of headings) {
            if (!this.shown.has(`h${heading.month}`)) {
                this.add(`h${heading.month}`, this.heading(heading));
            }
        }
        this.fetch(Math.floor(this.rows[first].from / PAGE), Math.floor((this.rows[last].to - 1) / PAGE));
        this.scrubber.follow(top);
    }

    /** Whether the window flies; when it has come to rest, what is there is fetched. */
    watchSpeed(top) {
        if (Math.abs(top - (this.top ?? top)) > innerHeight) {
            this.flying = true;
        }
        this.top = top;
        if (this.flying) {
            clearTimeout(this.rest);
            this.rest = setTimeout(() => {
                this.flying = false;
                for (const cell of this.space.querySelectorAll('[data-index]')) {
                    this.fill(cell, Number(cell.dataset.index));
                }
                this.draw();
            }, REST_MS);
        }
    }

    /** Fetches the pages of ids that are shown, and no other any more. */
    fetch(first, last) {
        for (const [page, { controller }] of this.loading) {
            if ((page < first || page > last) && !this.wanted.has(page)) {
                this.loading.delete(page);
                controller.abort();
            }
        }
        for (let page = first; page <= last && !this.flying; page++) {
            this.load(page);
        }
    }

    add(key, element) {
        this.shown.set(key, element);
        this.space.append(element);
    }

    heading(heading) {
        const title = make('h2', { class: 'month-title' }, monthName(heading.month), make('span', { class: 'soft number' }, String(heading.count)));
        title.style.transform = `translate(${heading.x}px, ${heading.y}px)`;
        title.style.width = `${heading.width}px`;
        return title;
    }

    row(number) {
        const { y, height } = this.rows[number];
        const row = make('div', { class: 'photo-row' });
        row.style.transform = `translateY(${y}px)`;
        row.style.height = `${height}px`;
        for (const { index, x, width } of cells(this.rows[number], this.shapes, this.gap)) {
            const cell = make('div', { class: 'cell', 'data-index': index });
            cell.style.left = `${x}px`;
            cell.style.width = `${width}px`;
            cell.style.height = `${height}px`;
            this.fill(cell, index);
            row.append(cell);
        }
        return row;
    }

    fill(cell, index) {
        const photo = this.photo(index);
        if (!photo || cell.firstChild || this.flying) {
            return;
        }
        const image = this.images?.get(photo.id) ?? this.image(photo);
        const day = photo.taken ? dayName(photo.taken) : this.t('undated');
        cell.append(make('a', {
            href: address(this.grid.dataset.photo, photo),
            'aria-label': this.t('photo', { n: index + 1, day }),
            draggable: this.selection ? 'false' : undefined,
            tabindex: index === this.focused ? '0' : '-1',
        }, image));
        this.selection?.dress(cell, index, day);
    }

    image(photo) {
        const image = make('img', { alt: '', decoding: 'async', onload: () => image.classList.add('shown') });
        image.src = address(this.grid.dataset.thumbnail, photo);
        return image;
    }

    photo(index) {
        return this.pages.get(Math.floor(index / PAGE))?.photos?.[index % PAGE];
    }

    /** Fetches the ids of some photos, also of those that are not shown. */
    async loadAll(first, last) {
        for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
            this.wanted.add(page);
            await this.load(page);
            this.wanted.delete(page);
        }
    }

    /** Fetches a page of ids, once; ended when its cells have their pictures' addresses, or when it was called off. */
    load(page) {
        if (this.pages.has(page) || page >= this.starts.length) {
            return Promise.resolve();
        }
        if (!this.loading.has(page)) {
            const controller = new AbortController();
            this.loading.set(page, { controller, ended: this.receive(page, controller.signal) });
        }
        return this.loading.get(page).ended;
    }

    async receive(page, signal) {
        try {
            await this.fetchPage(this.starts, page, this.pages, signal);
            for (const cell of this.space.querySelectorAll('[data-index]')) {
                if (Math.floor(cell.dataset.index / PAGE) === page) {
                    this.fill(cell, Number(cell.dataset.index));
                }
            }
            this.reachable();
        } catch {
            if (!signal.aborted) {
                say(this.t('failed'), { action: this.t('retry'), onaction: () => this.draw() });
            }
        } finally {
            if (!signal.aborted) {
                this.loading.delete(page);
            }
        }
    }

    async fetchPage(starts, page, into, signal) {
        if (!into.has(page) && page < starts.length) {
            const url = this.grid.dataset.page;
            const answer = await send(`${url}${url.includes('?') ? '&' : '?'}limit=${PAGE}&from=${encodeURIComponent(starts[page])}`, { signal });
            into.set(page, await answer.json());
        }
        return into.get(page);
    }

    /** One photo at least can be reached by the tab key. */
    reachable() {
        if (!this.space.querySelector('a[tabindex="0"]')) {
            this.space.querySelector('a')?.setAttribute('tabindex', '0');
        }
    }

    keydown(event) {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        const before = this.focused;
        let to;
        if (step) {
            to = this.focused + step;
        } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            to = this.vertically(event.key === 'ArrowDown' ? 1 : -1);
        } else if (event.key === 'Home') {
            to = 0;
        } else if (event.key === 'End') {
            to = this.shapes.length - 1;
        } else {
            return;
        }
        event.preventDefault();
        to = Math.max(0, Math.min(to, this.shapes.length - 1));
        this.focus(to);
        if (event.shiftKey) {
            this.selection?.choose(this.selection.anchor ?? before, to);
        }
    }

    vertically(step) {
        const number = this.rowOf(this.focused);
        const row = this.rows[Math.max(0, Math.min(number + step, this.rows.length - 1))];
        const share = (this.focused - this.rows[number].from) / (this.rows[number].to - this.rows[number].from);
        return row.from + Math.min(Math.round(share * (row.to - row.from)), row.to - row.from - 1);
    }

    /** @param left whether the window was left like this: then a photo that is seen in part stays where it is */
    async focus(index, left = false) {
        this.focused = index;
        const row = this.rows[this.rowOf(index)];
        const top = this.offset() + row.y;
        const room = left ? 20 - row.height : 80;
        if (top < room || top + row.height > innerHeight + (left ? row.height : 0) - 20) {
            scrollBy(0, top - innerHeight / 3);
            this.top = -this.offset(); // a jump to one photo, which is waited for, is no flight
            this.flying = false;
        }
        this.draw();
        await this.load(Math.floor(index / PAGE));
        if (this.focused !== index) {
            return; // it went on while the page came
        }
        this.space.querySelectorAll('[tabindex="0"]').forEach((each) => each.setAttribute('tabindex', '-1'));
        const cell = this.space.querySelector(`[data-index="${index}"]`);
        cell?.querySelectorAll('[tabindex]').forEach((each) => each.setAttribute('tabindex', '0'));
        const link = cell?.querySelector('a');
        link?.focus({ preventScroll: true });
    }
}

/** Ends the fetching of pictures that are not there yet; taking an image out of the document does not. */
function callOff(row) {
    for (const image of row.querySelectorAll('img')) {
        if (!image.complete) {
            image.removeAttribute('src');
        }
    }
}
