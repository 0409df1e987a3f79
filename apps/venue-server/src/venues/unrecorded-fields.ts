/**
 * Fields of one kind of frame that nobody recorded, each with its type, and where they come from. Pages of venues are named, not
 * quoted: what is written here was known of them in 2026 and has not been compared with live traffic.
 */
export interface UnrecordedFields {
  /** As the comparison with recordings names frames: the event, topic or channel; `rest` and the end of the path. */
  readonly kind: string;
  readonly source: string;
  /** `path:type`, with `[]` for the entries of a list. */
  readonly fields: readonly string[];
}

/** The words of a text; empty for an empty one. */
export function words(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}
