/** A tag that wants to stand at `y` (its middle, CSS pixels). */
export interface TagPlace {
  readonly y: number;
  readonly height: number;
}

/**
 * Middles of tags pushed apart until none overlaps, in the order of their wishes, inside `top`..`bottom` as long as they fit. The result has
 * the order of the input.
 */
export function spreadTags(tags: readonly TagPlace[], top: number, bottom: number): readonly number[] {
  const order = tags.map((_, i) => i).sort((a, b) => tags[a]!.y - tags[b]!.y || a - b);
  const middles = tags.map((tag) => Math.min(bottom - tag.height / 2, Math.max(top + tag.height / 2, tag.y)));
  let edge = top;
  for (const i of order) {
    middles[i] = Math.max(middles[i]!, edge + tags[i]!.height / 2);
    edge = middles[i]! + tags[i]!.height / 2;
  }
  edge = Math.max(bottom, top + tags.reduce((sum, tag) => sum + tag.height, 0));
  for (const i of order.toReversed()) {
    middles[i] = Math.min(middles[i]!, edge - tags[i]!.height / 2);
    edge = middles[i]! - tags[i]!.height / 2;
  }
  return middles;
}
