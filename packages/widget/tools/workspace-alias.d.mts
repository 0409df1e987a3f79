/** Resolves workspace packages and their entries to sources. */
export const workspaceAlias: { find: RegExp; replacement: string }[];
