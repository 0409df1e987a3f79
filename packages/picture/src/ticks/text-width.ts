/** Width of a letter in em, an upper estimate for the sans-serif and monospace fonts of systems. */
const LETTER_EM = 0.62;
const WIDE_LETTER_EM = 1.05;

/** Estimated width of one line of text in CSS pixels: picture has no font to measure with, so it errs on the wide side. */
export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const letter of text) em += letter >= '\u1100' ? WIDE_LETTER_EM : LETTER_EM;
  return em * size;
}
