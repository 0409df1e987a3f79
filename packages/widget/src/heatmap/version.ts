/** Version of this package, shown as `element.version` and compared when two copies meet on one page. */
export const VERSION = '0.0.0';
