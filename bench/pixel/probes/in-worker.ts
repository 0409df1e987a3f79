/**
 * Runs in the worker ahead of the widget's own code and notes when things pass: frames of venues as they arrive, frame messages as
 * they are posted. All times are unix ms with fractions, of the machine's one clock. Nothing of the widget is changed.
 */

/** One trade of the reference venue as its frame told it. */
export interface ReceivedTrade {
  /** Unix ms that the venue server stamped. */
  readonly stampedAt: number;
  readonly price: number;
  /** Unix ms at which the frame's message event came. */
  readonly receivedAt: number;
}

/** What the worker's probe has noted since it was last asked. */
export interface WorkerNotes {
  readonly trades: readonly ReceivedTrade[];
  /** Unix ms at which each batch of frame messages was posted, from the worker's first on. */
  readonly postedAt: readonly number[];
  /** Frames by the host of the venue they came from. */
  readonly frames: Readonly<Record<string, number>>;
}

/** What the worker's scope offers: the notes since the last call. */
export interface ProbedWorker {
  takePixelNotes(): WorkerNotes;
}

type Post = (message: { readonly kind?: string }, transfer?: Transferable[]) => void;

const scope = globalThis as unknown as ProbedWorker & { postMessage: Post; WebSocket: typeof WebSocket };
const postedAt: number[] = [];
let trades: ReceivedTrade[] = [];
let frames: Record<string, number> = {};
scope.takePixelNotes = () => {
  const taken = { trades, postedAt, frames };
  [trades, frames] = [[], {}];
  return taken;
};

const now = (): number => performance.timeOrigin + performance.now();
/** Binance's `@aggTrade`: price and time of the match. */
const TRADE = /"e":"aggTrade".*"p":"([\d.]+)".*"T":(\d+)/u;
/** Longer frames are books; they are not searched. */
const LONGEST_TRADE = 500;

const Native = scope.WebSocket;
scope.WebSocket = class extends Native {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    // A venue server is told the venue's own host as the first part of the path.
    const [, host = ''] = new URL(url).pathname.split('/');
    this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const receivedAt = now();
      frames[host] = (frames[host] ?? 0) + 1;
      if (typeof data !== 'string' || data.length > LONGEST_TRADE) return;
      const [, price, stamp] = TRADE.exec(data) ?? [];
      if (stamp !== undefined) trades.push({ stampedAt: Number(stamp), price: Number(price), receivedAt });
    });
  }
};

const post = scope.postMessage.bind(scope);
scope.postMessage = (message, transfer) => {
  if (message.kind === 'frames') postedAt.push(now());
  post(message, transfer);
};
