import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Claims no text of ours makes: nothing here is exact, certain or foretold. "Accurate" may stand beside the figure that shows it. */
const CLAIMS = /\b(exactly|guarantee[ds]?|predicts|accurate(?:ly)?)\b/i;
const NEEDS_FIGURE = /^accurate/i;
/** A cluster is fuel: nothing holds price there. */
const HOLDS_PRICE = /\b(support|resistance) (level|zone|line|area)s?\b/i;

/** A sentence that claims too much, and where. */
export interface Claim {
  readonly place: string;
  readonly word: string;
  readonly sentence: string;
}

/** Claims in a text, sentence by sentence. */
export function claimsIn(text: string, place: string): readonly Claim[] {
  return text.split(/(?<=[.!?])\s+|\n\n/).flatMap((sentence) => {
    const word = (CLAIMS.exec(sentence) ?? HOLDS_PRICE.exec(sentence))?.[0];
    if (word === undefined || (NEEDS_FIGURE.test(word) && /\d/.test(sentence))) return [];
    return [{ place, word, sentence: sentence.trim() }];
  });
}

/** What a reader may be shown of a source file: its string and template literals, no comments and no names. */
export function literalsOf(source: string, file: string): string {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return texts.join('\n\n');
}

/** Files below a folder with one of the endings, tests left out. */
export function filesBelow(folder: string, endings: readonly string[]): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name === 'node_modules' || entry.name === 'dist' ? [] : filesBelow(path, endings);
    return endings.some((ending) => path.endsWith(ending)) && !path.includes('.test.') ? [path] : [];
  });
}

/** Claims in everything that is shown or read: strings of packages and apps, pages, docs. */
export function claimsOfProject(root: string): readonly Claim[] {
  const shown = ['packages/core/src', 'packages/picture/src', 'packages/widget/src', 'packages/feeds/src', 'apps'];
  const sources = shown.flatMap((folder) => filesBelow(join(root, folder), ['.ts']));
  const pages = [
    ...filesBelow(join(root, 'docs'), ['.md']),
    ...filesBelow(join(root, 'apps'), ['.html']),
    join(root, 'README.md'),
  ];
  return [
    ...sources.flatMap((file) => claimsIn(literalsOf(readFileSync(file, 'utf8'), file), file)),
    ...pages.flatMap((file) => claimsIn(readFileSync(file, 'utf8'), file)),
  ];
}
