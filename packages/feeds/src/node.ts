export { nodeRuntime } from './runtime/node.js';
