import { make } from './page.js';

/** The dates at the edge: drag, click or use the arrow keys to travel. */
export class Scrubber {
    constructor(grid) {
        this.grid = grid;
        this.handle = make('div', { class: 'handle' });
        this.bubble = make('div', { class: 'bubble' });
        this.bar = make('div', {
            class: 'scrubber', role: 'slider', tabindex: '0', 'aria-orientation': 'vertical',
            'aria-label': grid.t('scrubber'), 'aria-valuemin': '0',
        });
        grid.grid.append(this.bar);
        this.bar.addEventListener('pointerdown', (event) => this.drag(event));
        this.bar.addEventListener('pointermove', (event) => {
            if (!this.bar.classList.contains('dragging')) {
                this.hint(this.share(event));
            }
        });
        this.bar.addEventListener('keydown', (event) => this.keydown(event));
    }

    arrange() {
        const { headings, height } = this.grid;
        this.bar.hidden = headings.length < 2;
        this.bar.replaceChildren(this.handle, this.bubble);
        this.bar.setAttribute('aria-valuemax', String(Math.max(headings.length - 1, 0)));
        let year = '';
        let last = -1;
        for (const heading of headings) {
            const share = heading.y / height;
            const own = heading.month.slice(0, heading.month.lastIndexOf('-'));
            const place = own !== year && share - last > 0.03
                ? make('span', { class: 'year' }, own) : make('span', { class: 'mark' });
            if (own !== year && share - last > 0.03) {
                year = own;
                last = share;
            }
            place.style.top = `${share * 100}%`;
            this.bar.append(place);
        }
    }

    share(event) {
        const box = this.bar.getBoundingClientRect();
        return Math.max(0, Math.min((event.clientY - box.top) / box.height, 1));
    }

    headingAt(y) {
        const { headings } = this.grid;
        let at = 0;
        while (at + 1 < headings.length && headings[at + 1].y <= y) {
            at++;
        }
        return at;
    }

    hint(share) {
        const heading = this.grid.headings[this.headingAt(share * this.grid.height)];
        if (heading) {
            this.bubble.textContent = monthName(heading.month);
            this.bubble.style.top = `${share * 100}%`;
        }
    }

    drag(event) {
        event.preventDefault();
        this.bar.setPointerCapture(event.pointerId);
        this.bar.classList.add('dragging');
        const go = (moved) => {
            const share = this.share(moved);
            this.hint(share);
            scrollBy(0, this.grid.offset() + share * this.grid.height - 80);
        };
        const dragging = new AbortController();
        const { signal } = dragging;
        const end = () => {
            this.bar.classList.remove('dragging');
            dragging.abort();
        };
        this.bar.addEventListener('pointermove', go, { signal });
        this.bar.addEventListener('pointerup', end, { signal });
        this.bar.addEventListener('pointercancel', end, { signal });
        go(event);
    }

    keydown(event) {
        const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, PageDown: 12, PageUp: -12 }[event.key];
        const { headings } = this.grid;
        let to = event.key === 'Home' ? 0 : event.key === 'End' ? headings.length - 1 : undefined;
        if (step) {
            const at = this.headingAt(1 - this.grid.offset() + 80);
            to = Math.max(0, Math.min(at + step, headings.length - 1));
            while (step < 0 && to > 0 && headings[to].y === headings[at].y) {
                to--; // months that share a row
            }
        }
        if (to !== undefined) {
            event.preventDefault();
            scrollBy(0, this.grid.offset() + headings[to].y - 79);
        }
    }

    follow(top) {
        const share = Math.max(0, Math.min(top / this.grid.height, 1));
        this.handle.style.top = `${share * 100}%`;
        const at = this.headingAt(top + 81);
        const heading = this.grid.headings[at];
        if (heading) {
            this.bar.setAttribute('aria-valuenow', String(at));
            this.bar.setAttribute('aria-valuetext', monthName(heading.month));
            if (!this.bar.matches(':hover')) {
                this.hint(share);
            }
        }
        this.bar.classList.add('scrolling');
        clearTimeout(this.still);
        this.still = setTimeout(() => this.bar.classList.remove('scrolling'), 1200);
    }
}

// Making a format takes longer than a cell of the grid; the language of a page does not change.
const days = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long' });
const months = new Intl.DateTimeFormat(document.documentElement.lang, { year: 'numeric', month: 'long' });

/** @param month as 2026-11 */
export function monthName(month) {
    const [year, number] = month.split('-').map(Number);
    return months.format(new Date(year, number - 1));
}

/** @param taken a local time without a zone, as 2026-11-26T12:00:00 */
export function dayName(taken) {
    return days.format(new Date(taken));
}
