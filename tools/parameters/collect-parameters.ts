import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** Folders of core whose numbers decide what is estimated, found and told. */
export const PARAMETER_FOLDERS = ['cohorts', 'exposure', 'engine', 'clusters', 'cascade', 'setups', 'alerts'] as const;
/** Files whose numbers are layouts of bytes. */
const LAYOUTS: readonly string[] = ['engine/pack-state.ts'];
/** Names of things, not numbers of the model. */
const LABELS: readonly string[] = ['SIDES', 'LONG', 'SHORT', 'PARTS', 'EXIT_LAW'];

/** One number (or list of numbers) of the model, as its source states it. */
export interface Parameter {
  readonly folder: string;
  /** Path below `packages/core/src`. */
  readonly file: string;
  /** `NAME`, or `NAME.key` of an option that a host may choose. */
  readonly name: string;
  /** The expression as written. */
  readonly value: string;
  /** What it is and where it comes from: the comment in the source. Empty where there is none. */
  readonly reason: string;
}

/** All parameters below a source folder, by folder and file, in the order of the source. */
export function collectParameters(root: string): readonly Parameter[] {
  return PARAMETER_FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.ts') && !/\.test\.ts$/.test(file))
      .sort()
      .flatMap((file) => parametersOf(join(root, folder, file), root, folder)),
  );
}

function parametersOf(path: string, root: string, folder: string): readonly Parameter[] {
  const file = relative(root, path).replaceAll('\\', '/');
  if (LAYOUTS.includes(file)) return [];
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Parameter[] = [];
  let before: { readonly end: number; readonly reason: string } | undefined;
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    // A comment speaks for all constants below it up to the next empty line.
    const isApart = before === undefined || source.text.slice(before.end, statement.getStart()).includes('\n\n');
    const reason = commentOf(statement) || (isApart ? '' : (before?.reason ?? ''));
    before = { end: statement.end, reason };
    for (const { name, initializer } of statement.declarationList.declarations) {
      const isNamed = /^[A-Z][A-Z0-9_]+$/.test(name.getText()) && !LABELS.includes(name.getText());
      if (!isNamed || initializer === undefined) continue;
      found.push(...rowsOf({ folder, file, name: name.getText(), value: '', reason }, initializer, source));
    }
  }
  return found;
}

function rowsOf(base: Parameter, initializer: ts.Expression, source: ts.SourceFile): readonly Parameter[] {
  const value = bare(initializer);
  if (isPlain(value)) return [{ ...base, value: textOf(value) }];
  if (!ts.isObjectLiteralExpression(value)) return [];
  const members = membersOf(source);
  // Flags alone make a set of names.
  const hasNumbers = value.properties.some(
    (property) => ts.isPropertyAssignment(property) && isPlain(property.initializer),
  );
  if (!hasNumbers) return [];
  return value.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property)) return [];
    const own = bare(property.initializer);
    const isFlag = own.kind === ts.SyntaxKind.TrueKeyword || own.kind === ts.SyntaxKind.FalseKeyword;
    if (!isPlain(own) && !isFlag) return [];
    const key = property.name.getText();
    const reasons = [members.get(key) ?? '', commentOf(property)].filter((text) => text !== '');
    return [{ ...base, name: `${base.name}.${key}`, value: textOf(own), reason: reasons.join(' ') || base.reason }];
  });
}

/** What the interfaces of a file say of their members; a comment speaks for the members below it up to the next comment. */
function membersOf(source: ts.SourceFile): ReadonlyMap<string, string> {
  const told = new Map<string, string>();
  for (const statement of source.statements) {
    if (!ts.isInterfaceDeclaration(statement)) continue;
    let last = '';
    for (const member of statement.members) {
      last = commentOf(member) || last;
      if (member.name !== undefined) told.set(member.name.getText(), last);
    }
  }
  return told;
}

/** The expression without casts and parentheses. */
function bare(expression: ts.Expression): ts.Expression {
  if (ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression) || ts.isParenthesizedExpression(expression))
    return bare(expression.expression);
  return expression;
}

/** A number, a list of numbers, or arithmetic of numbers and other constants. */
function isPlain(expression: ts.Expression): boolean {
  const node = bare(expression);
  if (ts.isNumericLiteral(node) || (ts.isIdentifier(node) && node.text !== 'undefined')) return true;
  if (ts.isPrefixUnaryExpression(node)) return isPlain(node.operand);
  if (ts.isBinaryExpression(node)) return isPlain(node.left) && isPlain(node.right);
  if (ts.isArrayLiteralExpression(node)) return node.elements.length > 0 && node.elements.every(ts.isNumericLiteral);
  return ts.isCallExpression(node) && node.expression.getText() === 'Math.log' && node.arguments.every(isPlain);
}

function textOf(expression: ts.Expression): string {
  return expression
    .getText()
    .replace(/ as [A-Za-z]+/g, '')
    .replace(/\s+/g, ' ');
}

/** The comment right above a node, as one line. */
function commentOf(node: ts.Node): string {
  const text = node.getSourceFile().text;
  const ranges = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  return ranges
    .map(({ pos, end }) => text.slice(pos, end))
    .join(' ')
    .replace(/\/\*\*?|\*\/|^\s*\* ?|\/\/ ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}
