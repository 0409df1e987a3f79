/** Where an element is relative to the viewport: seen, less than one viewport away, or farther. */
export type Nearness = 'visible' | 'near' | 'far';

/** Reports the nearness of an element when it changes, first as soon as it is known. Returns the way to stop. */
export function watchVisibility(element: Element, onChange: (nearness: Nearness) => void): () => void {
  if (typeof IntersectionObserver === 'undefined') {
    onChange('visible');
    return () => undefined;
  }
  let isVisible = false;
  let isNear: boolean | undefined;
  let last: Nearness | undefined;
  const report = (): void => {
    if (isNear === undefined) return;
    const nearness = isVisible ? 'visible' : isNear ? 'near' : 'far';
    if (nearness !== last) onChange((last = nearness));
  };
  const seen = new IntersectionObserver((entries) => {
    isVisible = entries.at(-1)!.isIntersecting;
    if (isVisible) isNear = true;
    report();
  });
  const near = new IntersectionObserver(
    (entries) => {
      isNear = entries.at(-1)!.isIntersecting;
      report();
    },
    // One viewport on every side: a swipe rarely moves farther before the next report.
    { rootMargin: '100%' },
  );
  seen.observe(element);
  near.observe(element);
  return () => {
    seen.disconnect();
    near.disconnect();
  };
}
