import { defineHeatmap } from './define-heatmap.js';
import { connectSchemeSwitch } from './scheme-switch.js';

connectSchemeSwitch();
defineHeatmap();
