import type { Plugin } from 'vite';

/** Lets a bundled Lit run under `trusted-types liquidation-heatmap`; fails the build when Lit's source is no longer as known. */
export function trustedTypes(): Plugin;
