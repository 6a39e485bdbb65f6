import type { EngineHost } from "../protocol/engine-host.js";
import type { Port } from "../protocol/port.js";
import { answerEngine } from "./host-line.js";
import { RestartPolicy } from "./restart-policy.js";

/** An engine in a process or thread of its own, as the one who started it sees it. */
export interface EngineChild {
  /** The line on which it asks its host: the other end of that of `runEngine`. */
  readonly port: Port;
  /** Fulfilled when the process or thread has ended, with words on how: `exit code 1`. */
  readonly ended: Promise<string>;
  /** Ends it at once. */
  kill(): void;
}

export interface SupervisorOptions<Child extends EngineChild> {
  readonly spawn: () => Child;
  readonly host: EngineHost;
  /**
   * A new engine is there, for every client to be connected with: the first one (`restarted` is
   * null), or one in the place of another (`restarted` says why, for people).
   */
  readonly onStart: (child: Child, restarted: string | null) => void;
  /** It has ended too often; it stays away until `restart` is called. */
  readonly onGiveUp: (reason: string) => void;
}

export interface Supervisor {
  /** Starts an engine after it was given up. */
  restart(): void;
  /** Ends the engine in good order, and for good; by force after five seconds. */
  stop(): Promise<void>;
}

/** In milliseconds. */
const timeToStop = 5000;

/**
 * Keeps an engine running: one that ends by itself is started again, later each time, with the
 * session and the keys that its host has kept; at last without the session, which may be what ends
 * it.
 */
export function superviseEngine<Child extends EngineChild>({
  spawn,
  host,
  onStart,
  onGiveUp,
}: SupervisorOptions<Child>): Supervisor {
  let policy = new RestartPolicy();
  let current: { readonly child: Child; readonly stopped: Promise<void> } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopping = false;

  const start = (restarted: string | null, withSession: boolean) => {
    timer = undefined;
    const child = spawn();
    let failure: string | undefined;
    const stopped = new Promise<void>((resolve) => {
      const childHost = withSession ? host : withoutSession(host);
      answerEngine(child.port, childHost, {
        failed: (reason) => {
          failure = reason;
        },
        stopped: resolve,
        closed: () => {},
      });
      void child.ended.then((how) => {
        resolve();
        current = undefined;
        if (!isStopping) recover(failure ?? how);
      });
    });
    current = { child, stopped };
    onStart(child, restarted);
  };

  const recover = (how: string) => {
    const decision = policy.decide(performance.now());
    const what = `The analyzer has ended unexpectedly (${how}).`;
    if (decision.kind === "give-up") {
      onGiveUp(`${what} It ended again each time that it was started.`);
      return;
    }
    const { delay, withSession } = decision;
    const then = withSession
      ? "It was started again, and reads the open captures again."
      : "It was started again without the captures that were open, because it ended with them.";
    timer = setTimeout(start, delay, `${what} ${then}`, withSession);
  };

  start(null, true);
  return {
    restart: () => {
      if (current !== undefined || timer !== undefined || isStopping) return;
      policy = new RestartPolicy();
      start("The analyzer was started again.", false);
    },
    stop: async () => {
      isStopping = true;
      clearTimeout(timer);
      if (current === undefined) return;
      const { child, stopped } = current;
      child.port.send({ stop: true });
      let limit: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, timeToStop);
      });
      await Promise.race([stopped, late]);
      clearTimeout(limit);
      child.kill();
    },
  };
}

function withoutSession(host: EngineHost): EngineHost {
  return {
    resolve: (source) => host.resolve(source),
    restore: async () => ({ session: null, keys: (await host.restore()).keys }),
    keepSession: (session) => host.keepSession(session),
    keepKeys: (keys) => host.keepKeys(keys),
    createDownload: (name) => host.createDownload(name),
  };
}
