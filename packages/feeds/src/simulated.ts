export { SimulatedWorld } from './runtime/simulated.js';
export type { SimulatedAnswer, SimulatedHost } from './runtime/simulated.js';
export type { ServerSocket } from './runtime/simulated-socket.js';
