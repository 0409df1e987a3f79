import type { CapturedCode } from './strict-cache.js';

/** Functions regl generated for our commands, by the SHA-256 of their source. */
declare const capturedCode: CapturedCode;
export default capturedCode;
