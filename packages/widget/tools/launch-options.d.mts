/** How Playwright starts a Chromium that draws WebGL without a GPU. */
export function launchOptions(more?: readonly string[]): {
  readonly args: string[];
  readonly channel?: string;
  readonly executablePath?: string;
};
