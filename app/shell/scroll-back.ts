/** How long a page may take to grow to the height it had, in milliseconds. */
const PATIENCE_MS = 1500;

let stop = (): void => {};

/** Scrolls to where the person was; rows come from the local database a moment later, so it waits for the page to grow. */
export function scrollBack(top: number, page: Element): void {
  stop();
  scrollTo(0, top);
  if (scrollY >= top - 1) return;
  const grown = new ResizeObserver(() => {
    scrollTo(0, top);
    if (scrollY >= top - 1) stop();
  });
  const timer = setTimeout(() => stop(), PATIENCE_MS);
  const given = { once: true, passive: true };
  stop = () => {
    grown.disconnect();
    clearTimeout(timer);
    removeEventListener('wheel', stop);
    removeEventListener('touchstart', stop);
    stop = () => {};
  };
  // Who scrolls by hand has decided.
  addEventListener('wheel', stop, given);
  addEventListener('touchstart', stop, given);
  grown.observe(page);
}
