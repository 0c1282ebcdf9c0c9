/**
 * XMP files that stand beside photos, a.xmp or a.jpg.xmp beside a.jpg: what they forbid is heeded, so they go with
 * their photo. They are no photos themselves.
 */
const ENDING = /\.xmp$/i;

/** Where a file is in what was chosen or dropped. */
export function path(file) {
    return file.webkitRelativePath || file.droppedFrom || file.name;
}

/**
 * The photos among files, each with the XMP files that belong to it, at most two; then the XMP files that belong to none.
 */
export function withSidecars(files) {
    const sidecars = new Map();
    for (const file of files) {
        if (ENDING.test(file.name)) {
            sidecars.set(path(file).replace(ENDING, '').toLowerCase(), file);
        }
    }
    const taken = new Set();
    const photos = files.filter((file) => !ENDING.test(file.name)).map((file) => {
        const whole = path(file).toLowerCase();
        const own = [whole, whole.replace(/\.[^./]*$/, '')].map((name) => sidecars.get(name)).filter(Boolean);
        own.forEach((each) => taken.add(each));
        return { file, sidecars: own };
    });
    const alone = [...sidecars.values()].filter((file) => !taken.has(file));
    return { photos, alone };
}
