export { browserRuntime } from './runtime/browser.js';
