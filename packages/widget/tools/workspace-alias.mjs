import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../..', import.meta.url));

/** Resolves workspace packages and their entries to sources, so that no tool needs a build first. */
export const workspaceAlias = [
  { find: /^@liquidation-heatmap\/([a-z]+)$/, replacement: `${packages}$1/src/index.ts` },
  { find: /^@liquidation-heatmap\/([a-z]+)\/([a-z]+)$/, replacement: `${packages}$1/src/$2.ts` },
];
