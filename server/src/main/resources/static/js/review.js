/** Candidates by keyboard: arrows go from one to the next; y says it is the person, n that it is not. */
import { mayUseKey } from './page.js';

export function start(review) {
    const list = review.querySelector('ol.candidates');
    let all = [...review.querySelectorAll('.candidate')];
    const byLikeness = all.filter((each) => each.parentElement === list);
    const newestFirst = (a, b) => b.dataset.taken.localeCompare(a.dataset.taken); // without a date last
    review.querySelector('[data-order]')?.addEventListener('change', (event) => {
        list.append(...(event.target.value === 'date' ? byLikeness.toSorted(newestFirst) : byLikeness));
        all[at]?.classList.remove('current');
        all = [...review.querySelectorAll('.candidate')];
        at = -1;
    });
    let at = -1;
    const allow = () => {
        const naming = review.querySelector('#naming-person');
        for (const button of review.querySelectorAll('[data-decision] button')) {
            button.disabled = Boolean(naming) && !naming.value; // say who, before saying that it is them
        }
    };
    review.addEventListener('change', allow);
    review.addEventListener('htmx:afterSettle', () => {
        allow();
        if (document.activeElement === document.body) { // the button that had the focus is gone
            all[at]?.querySelector('a')?.focus();
        }
    });
    allow();
    const go = (to) => {
        if (all[to]) {
            all[at]?.classList.remove('current');
            at = to;
            all[at].classList.add('current');
            all[at].querySelector('a')?.focus();
        }
    };
    review.addEventListener('keydown', (event) => {
        if (!mayUseKey(event)) {
            return;
        }
        if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
            event.preventDefault();
            go(at + (event.key === 'ArrowRight' ? 1 : -1));
        } else if (event.key === 'y' || event.key === 'n') {
            all[at]?.querySelector(`button[value="${event.key === 'y' ? 'IS' : 'IS_NOT'}"]`)?.click();
        }
    });
    review.addEventListener('focusin', (event) => {
        const to = all.indexOf(event.target.closest('.candidate'));
        if (to >= 0 && to !== at) {
            all[at]?.classList.remove('current');
            at = to;
            all[at].classList.add('current');
        }
    });
}
