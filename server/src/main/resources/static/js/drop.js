/**
 * What was dropped: the files, folders with all that is in them, and the names of what the browser could not read, such
 * as a folder without permission or a link that leads nowhere.
 */
export async function dropped(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.length) {
        return { files: [...transfer.files], unreadable: [] };
    }
    const found = { files: [], unreadable: [] };
    for (const entry of entries) {
        await walk(entry, found);
    }
    return found;
}

async function walk(entry, found) {
    try {
        if (entry.isFile) {
            const file = await new Promise((yes, no) => entry.file(yes, no));
            found.files.push(Object.assign(file, { droppedFrom: entry.fullPath.slice(1) }));
            return;
        }
        const reader = entry.createReader();
        for (;;) {
            const some = await new Promise((yes, no) => reader.readEntries(yes, no));
            if (!some.length) {
                return;
            }
            for (const each of some) {
                await walk(each, found);
            }
        }
    } catch {
        found.unreadable.push(entry.name);
    }
}
