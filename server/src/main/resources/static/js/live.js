/**
 * Shows how far an import is, as it happens, and tells the page: `likeness:import` with what is known of it, and
 * `likeness:imported`, not too often, when there is something new to see.
 *
 *   <div data-events="/c/…/events" hidden><p role="status"></p><progress></progress></div>
 */
import { texts } from './page.js';

const OFTEN_MS = 3000;
const SOON_MS = 2000;
const LATEST_MS = 60_000;

export function start(place) {
    const t = texts(place);
    const line = place.querySelector('[role=status]');
    const bar = place.querySelector('progress');
    let underWay = false;
    let before = { run: undefined, results: {}, done: 0 }; // files that were chosen together come in several goes
    let told = 0;
    const heard = (progress) => {
        const { state, run, done, found, problem } = progress;
        if (state === 'idle') { // what is told first to whoever listens anew
            if (underWay) { // its end was missed
                underWay = false;
                place.hidden = true;
                document.dispatchEvent(new CustomEvent('likeness:imported', { detail: { ended: true, missed: true } }));
            }
            return;
        }
        const goesOn = run ? run === before.run : Boolean(document.querySelector('[data-busy]'));
        const results = goesOn ? sum(before.results, progress.results) : progress.results;
        const soFar = goesOn ? before.done : 0;
        place.hidden = false;
        underWay = state !== 'ended';
        document.dispatchEvent(new CustomEvent('likeness:import', { detail: progress }));
        if (state === 'ended') {
            before = run ? { run, results, done: soFar + done } : before;
            bar.hidden = true;
            line.textContent = problem ?? ended(t, results);
            document.dispatchEvent(new CustomEvent('likeness:imported', { detail: { ended: true } }));
            return;
        }
        bar.hidden = false;
        if (found > 0) {
            bar.max = soFar + found;
            bar.value = soFar + done;
        } else {
            bar.removeAttribute('value');
        }
        line.textContent = t(state, { done: soFar + done, found: soFar + found });
        if (progress.results.IMPORTED && Date.now() - told > OFTEN_MS) {
            told = Date.now();
            document.dispatchEvent(new CustomEvent('likeness:imported', { detail: { ended: false } }));
        }
    };
    const hide = () => { place.hidden ||= underWay; };
    listen(place.dataset.events, heard, hide, (deaf) => {
        if (deaf) {
            document.dispatchEvent(new CustomEvent('likeness:imported', { detail: { ended: false, missed: true } }));
        }
    });
}

/**
 * Listens as long as the page is there. A browser tries again by itself after a break, but never after an answer that is
 * an error, as from a proxy while the server starts, or to somebody who was signed out.
 *
 * @param lost is called when the browser gave up
 * @param begins is called each time it listens again, with whether the browser had given up before
 */
function listen(url, heard, lost, begins) {
    let source;
    let timer;
    let deaf = false;
    let wait = SOON_MS;
    const open = () => {
        source = new EventSource(url);
        source.addEventListener('import', (event) => heard(JSON.parse(event.data)));
        source.addEventListener('open', () => {
            begins(deaf);
            deaf = false;
            wait = SOON_MS;
        });
        source.addEventListener('error', () => {
            if (source.readyState === EventSource.CLOSED) {
                deaf = true;
                lost();
                timer = setTimeout(open, wait);
                wait = Math.min(2 * wait, LATEST_MS);
            }
        });
    };
    open();
    addEventListener('pagehide', () => {
        source.close();
        clearTimeout(timer);
    });
    addEventListener('pageshow', ({ persisted }) => {
        if (persisted) {
            deaf = true;
            open();
        }
    });
}

function sum(one, other) {
    const all = { ...one };
    for (const [result, count] of Object.entries(other)) {
        all[result] = (all[result] ?? 0) + count;
    }
    return all;
}

function ended(t, results) {
    const left = (results.REFUSED ?? 0) + (results.FAILED ?? 0) + (results.QUARANTINED ?? 0);
    const same = results.DUPLICATE ?? 0;
    return [
        t('ended', { n: results.IMPORTED ?? 0 }),
        same ? t('ended-same', { n: same }) : '',
        left ? t('ended-problems', { n: left }) : '',
    ].filter(Boolean).join(' ');
}

/** A page that cannot show by itself what is new is loaded again, once nothing is being done on it. */
document.addEventListener('likeness:imported', ({ detail }) => {
    if (!detail.ended || document.querySelector('[data-grid]')) {
        return;
    }
    const wait = setInterval(() => {
        if (!document.querySelector('dialog[open], [data-busy]')) {
            clearInterval(wait);
            location.reload();
        }
    }, 400);
});
