/**
 * Where this tab was among the photos of a collection, so that going back leads there: how far the window was down, and
 * the photo that had the focus or was seen last. Kept in the tab's session storage: places in an order, no names.
 */
const key = (path) => `at ${path}`;

function kept(path) {
    return JSON.parse(sessionStorage.getItem(key(path)) ?? '{}');
}

function keep(path, more) {
    sessionStorage.setItem(key(path), JSON.stringify({ ...kept(path), ...more }));
}

/** @param place { y, index }: the window's, and that of the photo with the focus */
export function leaves(place) {
    const { pathname, search } = location;
    sessionStorage.setItem(key(pathname), JSON.stringify({ ...place, search }));
}

/** @param position of the photo that is shown now, as the API gives it */
export function sees(photos, position) {
    keep(new URL(photos).pathname, { position });
}

/** Goes back to the page of all photos that this tab came from, or to a new one. */
export function goBack(photos) {
    const { pathname } = new URL(photos);
    const entries = window.navigation?.entries() ?? [];
    const before = entries.slice(0, window.navigation?.currentEntry.index).reverse();
    const came = before.find(({ url }) => url && new URL(url).pathname === pathname);
    keep(pathname, { returns: true });
    if (came) {
        window.navigation.traverseTo(came.key);
    } else {
        location.assign(photos);
    }
}

/** Where to go on, if somebody comes back to this page: { y, index, position }; once. */
export function returns(again) {
    const { pathname, search } = location;
    const found = kept(pathname);
    const { type } = performance.getEntriesByType('navigation')[0] ?? {};
    const back = again || found.returns || ['back_forward', 'reload'].includes(type);
    sessionStorage.removeItem(key(pathname));
    return back ? { ...found, y: found.search === search ? found.y : undefined } : undefined;
}

/**
 * The index of a photo, or where it would be, in an order of which only the starts of its pages are known.
 *
 * @param load fetches a page, which has size photos
 */
export async function indexOf(position, starts, size, load) {
    const [ownAt, ownId] = position.split('_');
    const older = (other) => {
        const [at, id] = other.split('_');
        return at < ownAt || at === ownAt && id < ownId;
    };
    let page = starts.findIndex(older);
    page = Math.max(0, (page < 0 ? starts.length : page) - 1);
    const { photos } = await load(page);
    const index = photos.findIndex((each) => each.position === position || older(each.position));
    return page * size + (index < 0 ? photos.length - 1 : index);
}
