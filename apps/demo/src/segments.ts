import { part } from './part.js';

/** One choice of a segmented control. */
export interface Segment {
  readonly value: string;
  readonly label: string;
  readonly isDisabled?: boolean;
}

/** Fills a fieldset with radio buttons; the checked one is `value`. */
export function fillSegments(
  name: string,
  segments: readonly Segment[],
  value: string,
  onChange: (value: string) => void,
): void {
  const field = part(`[data-name="${name}"]`);
  const labels = segments.map((segment) => {
    const label = document.createElement('label');
    const input = document.createElement('input');
    Object.assign(input, {
      type: 'radio',
      name,
      value: segment.value,
      checked: segment.value === value,
      disabled: segment.isDisabled === true,
    });
    input.addEventListener('change', () => onChange(segment.value));
    label.append(input, segment.label);
    return label;
  });
  field.replaceChildren(...[...field.querySelectorAll('legend')], ...labels);
}
