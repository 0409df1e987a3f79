interface WorkerUrlPolicy {
  createScriptURL(url: string): unknown;
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(text: string): string; createScriptURL(url: string): string },
  ): WorkerUrlPolicy;
}

/** Shared by every copy of the widget on the page, since a policy name can be taken only once. */
const POLICY_KEY = Symbol.for('liquidation-heatmap.policy');

const shared = globalThis as { [POLICY_KEY]?: WorkerUrlPolicy; trustedTypes?: TrustedTypes };

/** The worker's URL in the form the page's Trusted Types rules ask for; the text itself where there are none. */
export function trustedWorkerUrl(url: URL): string | URL {
  const policy = shared[POLICY_KEY] ?? createPolicy();
  // The DOM types know no TrustedScriptURL; the Worker constructor takes one.
  return policy === undefined ? url : (policy.createScriptURL(url.href) as string);
}

function createPolicy(): WorkerUrlPolicy | undefined {
  try {
    const policy = shared.trustedTypes?.createPolicy('liquidation-heatmap', {
      createHTML: (text) => text,
      createScriptURL: ownScript,
    });
    if (policy !== undefined) shared[POLICY_KEY] = policy;
    return policy;
  } catch {
    return undefined;
  }
}

function ownScript(url: string): string {
  const { origin, protocol } = new URL(url, location.href);
  if (origin !== location.origin || !protocol.startsWith('http')) {
    throw new TypeError(`A worker must come from the page's own origin, was ${url}`);
  }
  return url;
}
