import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const KEBAB_CASE = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;

/** @type {import('eslint').Rule.RuleModule} */
const kebabCaseFile = {
  meta: { type: 'suggestion', schema: [], messages: { name: 'File names are kebab-case: {{ name }}.' } },
  create: (context) => ({
    Program(node) {
      const name = basename(context.filename);
      if (!KEBAB_CASE.test(name)) context.report({ node, messageId: 'name', data: { name } });
    },
  }),
};

/** @type {import('eslint').Rule.RuleModule} */
const documentedExport = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { missing: 'An export carries one sentence that says what it is.' },
  },
  create(context) {
    /** Names whose first declaration was seen: overloads share one sentence. */
    const documented = new Set();
    let lastLine = -1;
    return {
      ExportNamedDeclaration(node) {
        const declaration = node.declaration;
        if (!declaration) return;
        const name = 'id' in declaration ? declaration.id?.name : undefined;
        if (name !== undefined && documented.has(name)) return;
        const comment = context.sourceCode.getCommentsBefore(node).at(-1);
        const hasSentence = comment?.type === 'Block' && comment.value.startsWith('*');
        // Exports on adjacent lines share the sentence above the first of them.
        if (!hasSentence && node.loc?.start.line !== lastLine + 1) context.report({ node, messageId: 'missing' });
        documented.add(name);
        lastLine = node.loc?.end.line ?? 0;
      },
    };
  },
};

/** Names that core's index exports from its model, numeric and margin folders. */
function namesOfCoreRules() {
  const index = readFileSync(new URL('../../packages/core/src/index.ts', import.meta.url), 'utf8');
  const statements = index.matchAll(/export (?:type )?\{([^}]*)\} from '\.\/(?:model|numeric|margin)\//g);
  return new Set([...statements].flatMap(([, list]) => (list ?? '').split(',').map((name) => name.trim())));
}

/** @type {import('eslint').Rule.RuleModule} */
const coreRulesOnly = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { estimate: '{{ name }} belongs to the estimate; a simulated market knows only what a market knows.' },
  },
  create(context) {
    const allowed = namesOfCoreRules();
    return {
      ImportDeclaration(node) {
        if (node.source.value !== '@liquidation-heatmap/core') return;
        for (const specifier of node.specifiers) {
          const imported = specifier.type === 'ImportSpecifier' ? specifier.imported : undefined;
          const name = imported?.type === 'Identifier' ? imported.name : '*';
          if (!allowed.has(name)) context.report({ node: specifier, messageId: 'estimate', data: { name } });
        }
      },
    };
  },
};

/** Rules of this house that no published plugin has. */
export const houseRules = {
  rules: {
    'kebab-case-file': kebabCaseFile,
    'documented-export': documentedExport,
    'core-rules-only': coreRulesOnly,
  },
};
