/** The worker's file beside this package's own files; a bundler that knows the pattern copies it along. */
export function packagedWorkerUrl(): URL | undefined {
  // In Node (server rendering) there is no worker to start.
  return typeof Worker === 'undefined' ? undefined : new URL('./worker.js', import.meta.url);
}
