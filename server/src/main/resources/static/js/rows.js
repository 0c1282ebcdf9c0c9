/**
 * Where every photo of a grid is: justified rows under the names of their months. Months with few photos share a row, so
 * that a page is not mostly empty.
 */
const STEPS = 40;
export const HEADING = 44;
/** The name of a month needs so much room, and so much parts it from the next in its row. */
const NAME_MIN = 150;
const MONTH_GAP = 24;

/** The width of a photo over its height; nothing is so narrow that it could not be seen. */
function ratio(shape) {
    return Math.max(shape / STEPS, 0.4);
}

/**
 * @param months { month, count } newest first
 * @param shapes a byte a photo
 * @param aim the height of a row that is not stretched, in pixels as all of them
 * @returns { rows: { y, height, from, to, months: where each of several months begins }, headings: { y, x, width, month,
 *     count, index }, height }
 */
export function layRows(months, shapes, { width, aim, gap }) {
    const rows = [];
    const headings = [];
    let y = 0;
    let index = 0;
    let line; // of months that share a row, as long as there is room in it
    for (const month of months) {
        const alone = room(shapes, index, index + month.count, aim, gap, width);
        if (alone === undefined) {
            line = undefined;
            headings.push({ y, x: 0, width, month: month.month, count: month.count, index });
            y = fill(rows, shapes, { from: index, to: index + month.count, y: y + HEADING, width, aim, gap });
        } else {
            if (!line || line.x + alone > width) {
                line = { x: 0, row: { y: y + HEADING, height: aim, from: index, to: index, months: new Map() } };
                rows.push(line.row);
                y += HEADING + aim + gap;
            }
            const { row } = line;
            headings.push({ y: row.y - HEADING, x: line.x, width: alone, month: month.month, count: month.count, index });
            row.months.set(index, line.x);
            row.to = index + month.count;
            line.x += alone + MONTH_GAP;
        }
        index += month.count;
    }
    return { rows, headings, height: y };
}

/** How wide a month is that does not fill a row; undefined when it does. */
function room(shapes, from, to, aim, gap, width) {
    let x = 0;
    for (let index = from; index < to; index++) {
        x += ratio(shapes[index]) * aim + (index > from ? gap : 0);
        if (x >= width) {
            return undefined;
        }
    }
    return Math.min(Math.max(x, NAME_MIN), width);
}

function fill(rows, shapes, { from, to, y: top, width, aim, gap }) {
    let y = top;
    let index = from;
    while (index < to) {
        let sum = 0;
        let next = index;
        while (next < to && sum * aim + (next - index - 1) * gap < width) {
            sum += ratio(shapes[next++]);
        }
        const free = width - (next - index - 1) * gap;
        const height = Math.min(free / sum, aim * (next === to ? 1 : 1.4));
        rows.push({ y, height, from: index, to: next });
        y += height + gap;
        index = next;
    }
    return y;
}

/** Where the photos of a row are, from the left: { index, x, width }. */
export function cells({ from, to, height, months }, shapes, gap) {
    const all = [];
    let x = 0;
    for (let index = from; index < to; index++) {
        x = months?.get(index) ?? x;
        const width = ratio(shapes[index]) * height;
        all.push({ index, x, width });
        x += width + gap;
    }
    return all;
}

/** The place of the first row that reaches so far, as all after it do; of the last one when none does. */
export function firstRow(rows, reaches) {
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (reaches(rows[middle])) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}
