/** How long a frame may be put off, in ms: a panel that is not in sight gets no frames, and should stay current. */
const LATEST = 250;

/** Calls back once: at the next animation frame, or soon after where the browser draws none. */
export function nextFrame(callback: () => void): void {
  const call = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    callback();
  };
  const frame = requestAnimationFrame(call);
  const timer = setTimeout(call, LATEST);
}

/** Calls back once the next animation frame is on its way to the screen: with what may come later than what is due now. */
export function afterFrame(callback: () => void): void {
  nextFrame(() => setTimeout(callback, 0));
}
