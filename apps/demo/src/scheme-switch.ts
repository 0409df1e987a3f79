/** Connects the button that switches between light and dark; the first choice is the reader's system. */
export function connectSchemeSwitch(): void {
  const root = document.documentElement;
  root.classList.toggle('light', matchMedia('(prefers-color-scheme: light)').matches);
  document.querySelector('.scheme-switch')?.addEventListener('click', () => root.classList.toggle('light'));
}
