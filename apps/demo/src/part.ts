/** The one element of the page that a selector names; a page without it is broken. */
export function part<Part extends HTMLElement = HTMLElement>(selector: string): Part {
  const found = document.querySelector<Part>(selector);
  if (found === null) throw new Error(`The page must have ${selector}`);
  return found;
}
