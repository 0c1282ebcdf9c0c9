/** Starts the module that an element of the page asks for; one that no page needs is never fetched. */
import { each } from './page.js';

const modules = {
    '[data-grid]': () => import('./grid.js'),
    '[data-upload]': () => import('./upload.js'),
    '[data-viewer]': () => import('./viewer.js'),
    '[data-point]': () => import('./point.js'),
    '[data-events]': () => import('./live.js'),
    '[data-review]': () => import('./review.js'),
    '[data-probe]': () => import('./probe.js'),
    '[data-passkeys]': () => import('./passkey.js'),
};

for (const [selector, load] of Object.entries(modules)) {
    each(selector, (element) => load().then((module) => {
        module.start(element);
        element.toggleAttribute('data-started', true); // keys and clicks are heard from now on
    }));
}
