/** A photo to search with: dropped, pasted or chosen, it is sent at once. <form data-probe> with its file field. */
export function start(form) {
    const input = form.querySelector('input[type=file]');
    const area = form.querySelector('.drop-area');
    const unusable = form.querySelector('[data-unusable]');
    const looking = form.querySelector('[data-looking]');
    const take = (files) => {
        const photo = [...files].find((file) => file.type.startsWith('image/') || /\.(hei[cf]|avif)$/i.test(file.name));
        if (photo) {
            const transfer = new DataTransfer();
            transfer.items.add(photo);
            input.files = transfer.files;
            form.requestSubmit();
        } else if (files.length) {
            unusable.hidden = false;
        }
    };
    form.addEventListener('submit', () => {
        unusable.hidden = true;
        looking.hidden = false;
    });
    addEventListener('pageshow', () => { looking.hidden = true; });
    input.addEventListener('change', () => input.files.length && form.requestSubmit());
    document.addEventListener('dragover', (event) => {
        event.preventDefault();
        area.classList.add('over');
    });
    document.addEventListener('dragleave', () => area.classList.remove('over'));
    document.addEventListener('drop', (event) => {
        event.preventDefault();
        area.classList.remove('over');
        take(event.dataTransfer.files);
    });
    document.addEventListener('paste', (event) => take(event.clipboardData.files));
}
