/**
 * Source that notes, in `window.copied`, what is put on the clipboard. The clipboard itself belongs to the machine: other
 * tests use it at the same time.
 */
export const NOTE_COPIES = `document.addEventListener('copy', ({ target }) => {
  window.copied = target.value.slice(target.selectionStart, target.selectionEnd);
})`;
