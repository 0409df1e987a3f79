import type { Condition, FadeSetup } from '../model/setup.js';
import { bookCondition, dataCondition, numberCondition, overallVerdict, phaseCondition } from './condition.js';
import type { CascadeReadings, SetupInput } from './setup-input.js';
import { numberRules, type SetupParameters } from './setup-parameters.js';

/** Describes a cascade that has run out (S52 to S56); undefined while no side is in a cascade. */
export function fadeSetup(
  { cascade, consumedShare, flowZ }: CascadeReadings,
  input: SetupInput,
  parameters: SetupParameters,
): FadeSetup | undefined {
  if (cascade.side === undefined) return undefined;
  const rules = numberRules(parameters);
  const conditions: readonly Condition[] = [
    dataCondition(input.isStale),
    bookCondition(input.book),
    phaseCondition(cascade.phase, 'exhausted'),
    numberCondition(rules.consumed, consumedShare),
    numberCondition(rules.flow, flowZ),
  ];
  return {
    kind: 'fade',
    seenTime: input.seenTime,
    side: cascade.side,
    heading: cascade.side === 'long' ? 'up' : 'down',
    verdict: overallVerdict(conditions),
    conditions,
    invalidation: cascade.extremePrice,
    startPrice: cascade.startPrice,
    retracements: input.evidence.retracements,
  };
}
