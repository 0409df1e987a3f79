import { SourceFault } from './job.js';

/** A fault about the symbol, in the words every source uses. */
export function unknownSymbol(symbol: string, where: string, known: readonly string[]): SourceFault {
  const list = known.length === 0 ? '' : `; it has ${known.join(', ')}`;
  return new SourceFault({
    code: 'unknown-symbol',
    field: 'symbol',
    message: `symbol must be one that ${where} has, was "${symbol}"${list}`,
  });
}
