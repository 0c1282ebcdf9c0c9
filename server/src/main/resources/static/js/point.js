/**
 * Pointing at somebody in the photo who objects: a box, or a place where none is. The arrow keys move a mark, Enter takes
 * it, Escape ends. What was pointed at is shown on a page that asks before anything is done.
 *
 *   <button data-point data-objection="…/demands/objection?photo=…">   begins
 *   .picture > button[data-mark]                                       the mark
 *   [data-point-help] > [role=status], [data-point-ends], template     what to do, said when it begins
 */
const STEP = 0.03;
const FINE = 0.005;
const STILL_PX = 6;

export function start(button) {
    new Pointing(button);
}

class Pointing {
    constructor(button) {
        this.button = button;
        this.viewer = button.closest('[data-viewer]');
        this.stage = this.viewer.querySelector('.stage');
        this.picture = this.viewer.querySelector('.picture');
        this.mark = this.viewer.querySelector('[data-mark]');
        this.help = this.viewer.querySelector('[data-point-help]');
        this.on = false;
        button.addEventListener('click', () => this.begin());
        this.help.querySelector('[data-point-ends]').addEventListener('click', () => this.end());
        this.stage.addEventListener('pointerdown', (event) => { this.from = event; }, true);
        this.stage.addEventListener('click', (event) => this.click(event), true);
        document.addEventListener('keydown', (event) => this.keydown(event), true);
    }

    begin() {
        this.on = true;
        this.viewer.classList.add('pointing');
        if (innerWidth < 900) {
            this.viewer.querySelector('.info').hidden = true; // the picture has the window for itself
            this.viewer.classList.remove('with-info');
            this.viewer.querySelector('[data-info]').setAttribute('aria-pressed', 'false');
        }
        this.mark.hidden = false;
        this.help.hidden = false;
        this.help.querySelector('[role=status]').textContent = this.help.querySelector('template').content.textContent;
        this.move(0.5, 0.5);
        this.mark.focus({ preventScroll: true });
    }

    end() {
        this.on = false;
        this.viewer.classList.remove('pointing');
        this.mark.hidden = true;
        this.help.hidden = true;
        this.viewer.querySelector('[data-info]').focus();
    }

    move(x, y) {
        this.x = Math.max(0, Math.min(x, 0.999));
        this.y = Math.max(0, Math.min(y, 0.999));
        this.mark.style.left = `${this.x * 100}%`;
        this.mark.style.top = `${this.y * 100}%`;
    }

    keydown(event) {
        if (!this.on || event.ctrlKey || event.metaKey || event.altKey) {
            return;
        }
        const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [];
        if (event.key === 'Escape') {
            this.end();
        } else if (x !== undefined) {
            const step = event.shiftKey ? FINE : STEP;
            this.move(this.x + x * step, this.y + y * step);
            this.mark.focus({ preventScroll: true });
        } else {
            return;
        }
        event.preventDefault();
    }

    click(event) {
        if (!this.on || event.target.closest('[data-point-help], .step')) {
            return;
        }
        event.preventDefault();
        event.stopPropagation();
        const face = event.target.closest('.face');
        if (face) {
            this.go(`face=${face.dataset.id}`);
        } else if (event.target === this.mark) {
            this.take();
        } else if (!this.moved(event)) {
            const box = this.picture.getBoundingClientRect();
            const x = (event.clientX - box.left) / box.width;
            const y = (event.clientY - box.top) / box.height;
            if (x >= 0 && x < 1 && y >= 0 && y < 1) {
                this.move(x, y);
                this.take();
            }
        }
    }

    /** The photo was dragged, not pointed at. */
    moved(event) {
        return Math.hypot(event.clientX - this.from.clientX, event.clientY - this.from.clientY) > STILL_PX;
    }

    take() {
        this.go(`x=${this.x.toFixed(4)}&y=${this.y.toFixed(4)}`);
    }

    go(which) {
        location.assign(`${this.button.dataset.objection}&${which}`);
    }
}
