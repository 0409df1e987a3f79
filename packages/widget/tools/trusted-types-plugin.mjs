/** lit-html makes its policy at import, in every form it is published in: `x.createPolicy("lit-html", {createHTML: (s) => s})`. */
const LIT_POLICY =
  /([\w$.]+)\.createPolicy\(\s*(["'])lit-html\2\s*,\s*\{\s*createHTML:\s*\(?\s*([\w$]+)\s*\)?\s*=>\s*\3\s*,?\s*\}\s*\)/g;
const LIT_FILE = /[\\/]lit-html[\\/](?:development[\\/]|node[\\/]|node[\\/]development[\\/])?lit-html\.js(?:\?.*)?$/;

/**
 * The widget's one policy, kept where a second copy of the bundle finds it, since a policy's name can be taken only once.
 * HTML is passed as Lit itself does; a script URL must be of the page's own origin: only the worker asks for one.
 */
function sharedPolicy(factory) {
  return `(globalThis[Symbol.for("liquidation-heatmap.policy")]??=${factory}.createPolicy("liquidation-heatmap",{createHTML:t=>t,createScriptURL:t=>{const u=new URL(t,location.href);if(u.origin!==location.origin||!u.protocol.startsWith("http"))throw new TypeError("A worker must come from the page's own origin, was "+t);return t}}))`;
}

/**
 * Lets a bundled Lit run under `trusted-types liquidation-heatmap`. Fails the build when Lit's source is no longer as known.
 * @returns {import('vite').Plugin}
 */
export function trustedTypes() {
  return {
    name: 'liquidation-heatmap:trusted-types',
    transform(code, id) {
      if (!LIT_FILE.test(id)) return undefined;
      const found = [...code.matchAll(LIT_POLICY)].length;
      if (found !== 1)
        this.error(`${id}: expected one policy named "lit-html", found ${found}; adapt tools/trusted-types-plugin.mjs`);
      return { code: code.replace(LIT_POLICY, (_call, factory) => sharedPolicy(factory)), map: null };
    },
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk' && /createPolicy\(\s*["'`]lit-html/.test(chunk.code)) {
          this.error(`${chunk.fileName} still makes a policy named "lit-html": a copy of Lit came in unseen`);
        }
      }
    },
  };
}
