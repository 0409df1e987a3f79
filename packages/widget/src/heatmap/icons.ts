import { svg, type SVGTemplateResult } from 'lit';

/** Icons of the tool buttons, 20 x 20, drawn with strokes in the text color. */
export const icons = {
  fit: svg`<path d="M3 7.5V3h4.5M12.5 3H17v4.5M17 12.5V17h-4.5M7.5 17H3v-4.5" />`,
  now: svg`<path d="M3 10h9.5M9 6l4 4-4 4M16.5 4v12" />`,
  pause: svg`<path d="M7 4.5v11M13 4.5v11" />`,
  resume: svg`<path d="M6.5 4.5v11l9-5.5z" />`,
} satisfies Record<string, SVGTemplateResult>;
