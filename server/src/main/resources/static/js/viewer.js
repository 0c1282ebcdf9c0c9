/**
 * One photo: zoom with the wheel, two fingers, a double click or + - 0; drag to move; arrows or a swipe for the
 * neighbours; f shows the faces, i what is known, d downloads, Delete asks whether to delete it, Escape leaves.
 *
 *   <article data-viewer data-position="…"> .stage > .picture[data-ratio data-thumbnail] > img,
 *       .face[data-x data-y data-w data-h]; [data-close] leads to all photos
 */
import { mayUseKey, say } from './page.js';
import { goBack, sees } from './place.js';

const CLOSEST = 8;
const CLOSER = 2.5;
/** Two taps so soon after each other, and so near, are one. */
const TAPS_MS = 350;
const TAPS_PX = 30;
const STILL_PX = 10;
const SWIPE_PX = 50;

export function start(viewer) {
    new Viewer(viewer);
}

class Viewer {
    constructor(viewer) {
        this.viewer = viewer;
        this.stage = viewer.querySelector('.stage');
        this.picture = viewer.querySelector('.picture');
        this.zoom = 1;
        this.x = 0;
        this.y = 0;
        this.drawn = { x: 0, y: 0 };
        this.fingers = new Map();
        this.place();
        this.cover();
        const kept = sessionStorage.getItem('viewer-info');
        this.info(kept ? kept === 'on' : innerWidth >= 900);
        this.close = viewer.querySelector('[data-close]');
        sees(this.close.href, viewer.dataset.position);
        const notice = document.querySelector('.main > .notice'); // lies under the viewer
        say(notice?.textContent.trim());
        notice?.remove();
        viewer.addEventListener('click', (event) => this.click(event));
        document.addEventListener('keydown', (event) => this.keydown(event));
        this.stage.addEventListener('wheel', (event) => {
            event.preventDefault();
            this.zoomBy(Math.exp(-event.deltaY / 400), event);
        }, { passive: false });
        this.stage.addEventListener('dblclick', (event) => {
            if (this.from?.type !== 'touch') { // not every browser makes one of two taps
                this.zoomTo(event);
            }
        });
        this.stage.addEventListener('pointerdown', (event) => this.down(event));
        this.stage.addEventListener('pointermove', (event) => this.move(event));
        for (const end of ['pointerup', 'pointercancel']) {
            this.stage.addEventListener(end, (event) => this.up(event));
        }
        for (const rel of ['previous', 'next']) {
            const link = viewer.querySelector(`[data-${rel}]`);
            if (link) {
                const ahead = document.createElement('link');
                ahead.rel = 'prefetch';
                ahead.href = link.href;
                document.head.append(ahead);
            }
        }
    }

    /** The page it lies over is out of reach while it does. */
    cover() {
        for (const behind of document.querySelectorAll('.skip, .rail')) {
            behind.inert = true;
        }
        if (document.activeElement === document.body) {
            this.viewer.focus({ preventScroll: true });
        }
    }

    place() {
        this.picture.style.setProperty('--ratio', this.picture.dataset.ratio);
        this.picture.classList.add('placed');
        for (const face of this.picture.querySelectorAll('.face')) {
            face.style.left = `${face.dataset.x * 100}%`;
            face.style.top = `${face.dataset.y * 100}%`;
            face.style.width = `${face.dataset.w * 100}%`;
            face.style.height = `${face.dataset.h * 100}%`;
        }
        this.waitFor(this.picture.querySelector('img'), this.picture);
        this.picture.style.setProperty('--thumbnail', `url("${this.picture.dataset.thumbnail}")`);
        for (const crop of this.viewer.querySelectorAll('.face-crop')) {
            this.waitFor(crop, crop);
        }
    }

    /** Shows that a picture is coming, until it came or failed. */
    waitFor(image, place) {
        if (!image.complete) {
            place.classList.add('coming');
            for (const end of ['load', 'error']) {
                image.addEventListener(end, () => place.classList.remove('coming'), { once: true });
            }
        }
    }

    click(event) {
        const button = event.target.closest('button');
        if (button?.dataset.faces !== undefined) {
            this.faces();
        } else if (button?.dataset.zoom) {
            this.zoomBy(button.dataset.zoom === 'in' ? 1.6 : 1 / 1.6);
        } else if (button?.dataset.info !== undefined) {
            this.info();
        } else if (event.target.closest('[data-close]') && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
            event.preventDefault();
            goBack(this.close.href);
        }
    }

    faces() {
        const on = this.picture.classList.toggle('faces-on');
        this.viewer.querySelector('[data-faces]').setAttribute('aria-pressed', String(on));
    }

    /** What is known of the photo; whoever shows it or puts it away finds it so with the next photo. */
    info(wanted) {
        const panel = this.viewer.querySelector('.info');
        panel.hidden = wanted === undefined ? !panel.hidden : !wanted;
        this.viewer.classList.toggle('with-info', !panel.hidden);
        if (wanted === undefined) {
            sessionStorage.setItem('viewer-info', panel.hidden ? 'off' : 'on');
        }
        this.viewer.querySelector('[data-info]').setAttribute('aria-pressed', String(!panel.hidden));
    }

    keydown(event) {
        if (!mayUseKey(event)) {
            return;
        }
        const go = (selector) => this.viewer.querySelector(selector)?.click();
        const actions = {
            ArrowLeft: () => go('[data-previous]'),
            ArrowRight: () => go('[data-next]'),
            Escape: () => go('[data-close]'),
            d: () => go('[data-download]'),
            Delete: () => go('[data-opens="delete-photo"]'),
            f: () => this.faces(),
            i: () => this.info(),
            '+': () => this.zoomBy(1.6),
            '-': () => this.zoomBy(1 / 1.6),
            0: () => this.zoomBy(0),
        };
        if (actions[event.key]) {
            event.preventDefault();
            actions[event.key]();
        }
    }

    /** Zooms about a point; a factor of 0 shows the whole photo again. */
    zoomBy(factor, at) {
        const before = this.zoom;
        this.zoom = factor === 0 ? 1 : Math.max(1, Math.min(before * factor, CLOSEST));
        const box = this.stage.getBoundingClientRect();
        const base = this.base();
        const px = (at ? at.clientX : box.left + box.width / 2) - base.left;
        const py = (at ? at.clientY : box.top + box.height / 2) - base.top;
        this.x = px - ((px - this.x) * this.zoom) / before;
        this.y = py - ((py - this.y) * this.zoom) / before;
        this.apply();
    }

    /** To a point, or back to the whole photo. */
    zoomTo(at) {
        this.zoomBy(this.zoom > 1 ? 0 : CLOSER, at);
    }

    /** Where the picture lies when it is not zoomed. */
    base() {
        const box = this.picture.getBoundingClientRect();
        return { left: box.left - this.drawn.x, top: box.top - this.drawn.y };
    }

    apply() {
        const box = this.stage.getBoundingClientRect();
        const base = this.base();
        const width = this.picture.offsetWidth * this.zoom;
        const height = this.picture.offsetHeight * this.zoom;
        const clamp = (at, size, start, room) => size <= room
            ? start + (room - size) / 2 - at
            : undefined;
        const centredX = clamp(base.left, width, box.left, box.width);
        const centredY = clamp(base.top, height, box.top, box.height);
        this.x = centredX ?? Math.min(box.left - base.left, Math.max(this.x, box.right - base.left - width));
        this.y = centredY ?? Math.min(box.top - base.top, Math.max(this.y, box.bottom - base.top - height));
        this.picture.style.transform = this.zoom === 1 ? '' : `translate(${this.x}px, ${this.y}px) scale(${this.zoom})`;
        if (this.zoom === 1) {
            this.x = 0;
            this.y = 0;
        }
        this.drawn = { x: this.x, y: this.y };
        this.picture.style.setProperty('--zoom', this.zoom);
        this.stage.classList.toggle('zoomed', this.zoom > 1);
    }

    down(event) {
        const control = event.target.closest('.face, .step');
        if (control && event.pointerType !== 'touch') {
            return;
        }
        this.fingers.set(event.pointerId, event);
        this.pinched ||= this.fingers.size > 1;
        if (!control) { // a finger that does not move presses it; what it swipes comes here all the same
            this.stage.setPointerCapture(event.pointerId);
        }
        this.from = { x: event.clientX, y: event.clientY, type: event.pointerType };
        this.stage.classList.toggle('panning', this.zoom > 1);
    }

    move(event) {
        const last = this.fingers.get(event.pointerId);
        if (!last) {
            return;
        }
        if (this.fingers.size === 2) {
            const [a, b] = [...this.fingers.values()];
            const before = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
            this.fingers.set(event.pointerId, event);
            const [c, d] = [...this.fingers.values()];
            const now = Math.hypot(c.clientX - d.clientX, c.clientY - d.clientY);
            this.zoomBy(now / before, { clientX: (c.clientX + d.clientX) / 2, clientY: (c.clientY + d.clientY) / 2 });
            return;
        }
        this.fingers.set(event.pointerId, event);
        if (this.zoom > 1) {
            this.x += event.clientX - last.clientX;
            this.y += event.clientY - last.clientY;
            this.apply();
        }
    }

    up(event) {
        const alone = this.fingers.delete(event.pointerId) && !this.fingers.size && !this.pinched;
        this.pinched &&= this.fingers.size > 0;
        this.stage.classList.remove('panning');
        if (!alone || event.type === 'pointercancel' || event.pointerType !== 'touch') {
            return;
        }
        const x = event.clientX - this.from.x;
        const y = event.clientY - this.from.y;
        if (Math.hypot(x, y) < STILL_PX) {
            this.tapped(event);
        } else if (this.zoom === 1 && Math.abs(x) > SWIPE_PX && Math.abs(x) > 2 * Math.abs(y)) {
            this.viewer.querySelector(x > 0 ? '[data-previous]' : '[data-next]')?.click();
        }
    }

    tapped(event) {
        const { tap } = this;
        this.tap = event;
        if (tap && event.timeStamp - tap.timeStamp < TAPS_MS
            && Math.hypot(event.clientX - tap.clientX, event.clientY - tap.clientY) < TAPS_PX) {
            this.tap = undefined;
            this.zoomTo(event);
        }
    }
}
