/** Text of a gzip frame, as one venue sends all of them; rejects when the bytes are no gzip. */
export async function gunzipText(bytes: Uint8Array): Promise<string> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}
