/**
 * Shows how far an import is, as it happens.
 *
 *   <div data-events="/c/…/events" hidden><p role="status"></p><progress></progress></div>
 */
import { texts } from './page.js';

export function start(place) {
    const t = texts(place);
    const line = place.querySelector('[role=status]');
    const bar = place.querySelector('progress');
    const source = new EventSource(place.dataset.events);
    source.addEventListener('import', (event) => {
        const { state, done, found, results } = JSON.parse(event.data);
        place.hidden = false;
        if (state === 'ended') {
            const left = (results.REFUSED ?? 0) + (results.FAILED ?? 0) + (results.QUARANTINED ?? 0);
            bar.hidden = true;
            line.textContent = t(left ? 'ended-problems' : 'ended', { n: results.IMPORTED ?? 0, left, same: results.DUPLICATE ?? 0 });
            if ((results.IMPORTED ?? 0) > 0 && place.dataset.reload !== 'no') {
                place.dispatchEvent(new CustomEvent('likeness:imported', { bubbles: true }));
            }
        } else {
            bar.hidden = false;
            if (found > 0) {
                bar.max = found;
                bar.value = done;
            } else {
                bar.removeAttribute('value');
            }
            line.textContent = t(state, { done, found });
        }
    });
    addEventListener('pagehide', () => source.close());
}

/** What was imported is shown as soon as nothing is being added any more: leaving the page ends what is being sent. */
document.addEventListener('likeness:imported', () => {
    const wait = setInterval(() => {
        if (!document.querySelector('dialog[open], [data-busy]')) {
            clearInterval(wait);
            location.reload();
        }
    }, 400);
});
