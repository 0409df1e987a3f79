import type { VenueName } from '../market/venue-name.js';
import type { WireChannel } from '../venues/venue-server.js';
import type { FaultEvent, RateLimitFault, RegionFault } from './fault-script.js';

/** How a venue's network behaves just now. */
interface Weather {
  downs: number;
  regions: RegionFault[];
  limits: RateLimitFault[];
  delays: number[];
  muted: WireChannel[];
  skewMs: number;
}

/** Faults that last: what is on at the moment at each venue. Whoever owns it begins and ends them. */
export class FaultDesk {
  readonly #weathers = new Map<VenueName, Weather>();

  isDown(venue: VenueName): boolean {
    return this.#of(venue).downs > 0;
  }

  /** The refusal of the region that is on; the newest where several are. */
  region(venue: VenueName): RegionFault['answer'] | undefined {
    return this.#of(venue).regions.at(-1)?.answer;
  }

  rateLimit(venue: VenueName): RateLimitFault | undefined {
    return this.#of(venue).limits.at(-1);
  }

  /** How much later than usual REST answers, ms. */
  delayMs(venue: VenueName): number {
    return Math.max(0, ...this.#of(venue).delays);
  }

  isMuted(venue: VenueName, channel: WireChannel): boolean {
    return this.#of(venue).muted.includes(channel);
  }

  /** The venue's clock minus the true one, ms. */
  skewMs(venue: VenueName): number {
    return this.#of(venue).skewMs;
  }

  /** Begins a lasting fault; the answer ends it. A fault of a moment changes nothing here. */
  begin(fault: FaultEvent): () => void {
    const weather = this.#of(fault.venue);
    switch (fault.kind) {
      case 'down':
        weather.downs += 1;
        return () => void (weather.downs -= 1);
      case 'region':
        return added(weather.regions, fault);
      case 'rate-limit':
        return added(weather.limits, fault);
      case 'slow-snapshot':
        return added(weather.delays, fault.delayMs);
      case 'silent-subscription':
        return added(weather.muted, fault.channel);
      case 'clock-skew':
        weather.skewMs += fault.skewMs;
        return () => void (weather.skewMs -= fault.skewMs);
      default:
        return () => undefined;
    }
  }

  #of(venue: VenueName): Weather {
    const known = this.#weathers.get(venue);
    if (known !== undefined) return known;
    const fair: Weather = { downs: 0, regions: [], limits: [], delays: [], muted: [], skewMs: 0 };
    this.#weathers.set(venue, fair);
    return fair;
  }
}

function added<Item>(list: Item[], item: Item): () => void {
  list.push(item);
  return () => void list.splice(list.indexOf(item), 1);
}
