const told = new Set<string>();

/** Defines a tag unless it is taken: first wins, and another version than the first's is said once on the console. */
export function defineOnce(tag: string, element: CustomElementConstructor & { readonly version: string }): void {
  const first = customElements.get(tag) as (CustomElementConstructor & { readonly version?: string }) | undefined;
  if (first === undefined) {
    // A constructor can be defined once only: a second tag gets a class of its own.
    const isTaken = customElements.getName?.(element) != null;
    customElements.define(tag, isTaken ? class extends element {} : element);
    return;
  }
  if (first.version === element.version || told.has(tag)) return;
  told.add(tag);
  console.warn(
    `<${tag}> is already defined by version ${first.version ?? 'unknown'}; version ${element.version} is not used on this page.`,
  );
}
