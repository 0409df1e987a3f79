import type { EventFeed } from './event-feed.js';
import type { Job } from './job.js';

/** The event feed of a job. Each way's code is loaded when it is asked for. Throws a SourceFault for what the job cannot have. */
export async function openEvents(job: Job, signal: AbortSignal): Promise<EventFeed> {
  const { choice } = job;
  switch (choice.kind) {
    case 'simulated': {
      const { openSimulation } = await import('./open-simulation.js');
      return openSimulation(job, choice.seed);
    }
    case 'recording': {
      const { openRecording } = await import('./open-recording.js');
      return openRecording(job, choice.url, signal);
    }
    case 'venues':
    case 'venue-server': {
      const { openLive } = await import('./open-live.js');
      return openLive(job, signal);
    }
    case 'snapshot':
      throw new Error('A snapshot holds frames, not events');
  }
}
