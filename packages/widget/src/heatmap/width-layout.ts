/** Below this width (CSS pixels) there is no room for buttons. */
const MINI = 300;
/** Below this width the header takes two lines and the buttons stand below. */
const COMPACT = 760;

/** The layout that `layout="auto"` means at a width of the element, CSS pixels; 0 = not known yet. */
export function widthLayout(width: number): 'mini' | 'compact' | 'full' {
  if (width === 0) return 'full';
  if (width < MINI) return 'mini';
  return width < COMPACT ? 'compact' : 'full';
}
