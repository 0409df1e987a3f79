import type { Fault, SourceOrigin, SourceRequest, SourceStatus, UnixMs, VenueStatus } from '@liquidation-heatmap/core';
import type { SourceChoice } from './source-choice.js';

/** One thing to show, as plain data that can travel to a worker. */
export interface Job {
  readonly request: SourceRequest;
  readonly choice: SourceChoice;
  /** Market seconds a wall second for recordings and simulations. */
  readonly speed: number;
}

/** Where what a choice shows comes from. A venue server tells a simulated market, however real its wire is. */
export function originOf(choice: SourceChoice): SourceOrigin {
  switch (choice.kind) {
    case 'venues':
      return 'live';
    case 'simulated':
    case 'venue-server':
      return 'simulated';
    case 'recording':
      return 'recorded';
    case 'snapshot':
      return 'snapshot';
  }
}

/** What is shown is asked of venues, or of a server that stands for them. */
export function isOfVenues(choice: SourceChoice): boolean {
  return choice.kind === 'venues' || choice.kind === 'venue-server';
}

/** A status that says what is being waited for. */
export function connectingStatus(choice: SourceChoice, detail = ''): SourceStatus {
  return { state: 'connecting', origin: originOf(choice), detail, dataTime: undefined, venues: [] };
}

/** A status that says what went wrong and with which field. */
export function errorStatus(
  choice: SourceChoice,
  fault: Fault,
  dataTime?: UnixMs,
  venues: readonly VenueStatus[] = [],
): SourceStatus {
  return { state: 'error', origin: originOf(choice), detail: fault.message, dataTime, venues, fault };
}

/** A fault carried through `throw` inside the sources; it ends as a status, never in the page. */
export class SourceFault extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** The fault behind anything thrown: a SourceFault's own, or a sentence that names the place. */
export function faultOf(thrown: unknown, field: string): Fault {
  if (thrown instanceof SourceFault) return thrown.fault;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'source-failed', field, message: `The source stopped: ${reason}` };
}
