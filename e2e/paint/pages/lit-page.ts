import { html, render } from 'lit';

const violations: string[] = [];
addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.sample}`));

/** Renders with Lit; policy names asked for before this script ran are reported by the load itself failing. */
function main(): void {
  const host = document.querySelector<HTMLElement>('#host')!;
  render(html`<p class=${'shown'}>${'rendered'}</p>`, host);
  const policy = (globalThis as { [key: symbol]: { createScriptURL(url: string): unknown } | undefined })[
    Symbol.for('liquidation-heatmap.policy')
  ];
  const refused = attempt(() => policy?.createScriptURL('https://elsewhere.example/worker.js'));
  const allowed = attempt(() => policy?.createScriptURL(`${location.origin}/worker.js`));
  const lit = { text: host.textContent?.trim(), hasPolicy: policy !== undefined, refused, allowed, violations };
  setTimeout(() => Object.assign(globalThis, { lit }));
}

function attempt(make: () => unknown): string {
  try {
    return String(make());
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown';
  }
}

main();
