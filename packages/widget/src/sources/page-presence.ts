/** A page hidden for so long is left: its sockets are given back, ms. */
const AWAY_AFTER_MS = 60_000;

/** Tells whether somebody can see the page, at once and when it changes: away a minute after it was hidden, back when it is shown. */
export function watchPresence(onChange: (isAway: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible') onChange(false);
    else timer = setTimeout(() => onChange(true), AWAY_AFTER_MS);
  };
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
