/**
 * Puts text on the clipboard. In a DevTools panel `navigator.clipboard` is refused by both browsers: Chromium gives the
 * panel's frame no permission for it, Firefox wants the focus in the browser's window. The older command works in both,
 * within a click. To be called straight from one.
 * @returns false where the browser refused
 */
export function copyText(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.setAttribute('aria-hidden', 'true');
  area.className = 'unseen';
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return copied;
}
