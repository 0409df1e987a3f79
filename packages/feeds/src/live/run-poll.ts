import type { Fault, MarketEvent } from '@liquidation-heatmap/core';
import { channelOf } from '../channel-ledger.js';
import type { ChannelWatch } from '../connection/channel-watch.js';
import type { RestAnswer } from '../connection/rest-client.js';
import type { VenueSession } from '../feed.js';
import type { Asker } from './poll-venue.js';
import type { StatusTeller } from './status-teller.js';
import type { Poll } from './venue-rules.js';

/** Who reads what a poll brings, and who is told. */
export interface PollUse {
  readonly session: VenueSession;
  readonly watch: ChannelWatch;
  readonly teller: StatusTeller;
  push(events: readonly MarketEvent[]): void;
}

/**
 * Asks for a polled value again and again until the signal aborts; nothing is asked for while nobody sees the page. What goes wrong is
 * told, never thrown.
 */
export async function runPoll(
  poll: Poll,
  { spec, rest, runtime }: Asker,
  use: PollUse,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await runtime.presence?.until(false, signal);
    const faults: Fault[] = [];
    for (const url of poll.urls(spec)) {
      const answer = await rest.body(url, signal);
      if (signal.aborted) return;
      if (answer.ok) read(poll, url, answer.value, use);
      else faults.push(answer.fault);
    }
    tell(poll, faults, use.teller);
    await runtime.sleep(poll.everyMs, signal);
  }
}

function read(poll: Poll, url: string, { body, receiveTime }: RestAnswer, { session, watch, push }: PollUse): void {
  const events = session.onRest(url, body, receiveTime);
  // Told already, and no frame's: trades are not doubted for it.
  if (poll.isAside === true) session.takeFaults();
  if (events.some((event) => channelOf(event) === poll.channel)) watch.heard(poll.channel, receiveTime);
  push(events);
}

// Of a poll that others depend on the client tells what goes wrong.
function tell({ channel, isAside = false }: Poll, [fault]: readonly Fault[], teller: StatusTeller): void {
  const concerned = isAside ? channel : 'metadata';
  if (fault === undefined) teller.sayOfRest('live', '', concerned);
  else if (isAside) teller.sayOfRest('amber', fault.message, concerned);
}
