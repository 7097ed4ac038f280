import type { ActivationResult } from "@gradeway/api";
import { readPointer } from "@gradeway/model-assets";

/** What follows a home. */
export interface FollowHomeOptions {
  readonly home: string;
  /** Puts the active version into use. */
  readonly activate: () => Promise<ActivationResult>;
  /** Time between two looks at the pointer. */
  readonly everyMs: number;
  readonly onActivation: (result: ActivationResult) => void;
  readonly onFault: (error: unknown) => void;
}

/** Follows the pointer of a home until it is stopped. */
export interface HomeFollower {
  /** Looks at the pointer now, and tries again a version that was refused. */
  look(): Promise<void>;
  stop(): void;
}

/**
 * Switches a host to the version that a home points to. A version that was refused is not tried
 * again until the pointer changes or somebody asks: it would only be refused again.
 */
export async function followHome(options: FollowHomeOptions): Promise<HomeFollower> {
  const { home, activate, everyMs, onActivation, onFault } = options;
  // A pointer that cannot be read is told by whoever activates, and tried again when it changes.
  let tried = (await readPointer(home).catch(() => undefined))?.active;
  let looking: Promise<void> | undefined;

  async function switchTo(isAsked: boolean): Promise<void> {
    try {
      const pointer = await readPointer(home);
      if (pointer === undefined || (pointer.active === tried && !isAsked)) return;
      tried = pointer.active;
      onActivation(await activate());
    } catch (error) {
      onFault(error);
    }
  }

  const look = (isAsked: boolean): Promise<void> =>
    (looking ??= switchTo(isAsked).finally(() => {
      looking = undefined;
    }));
  const timer = setInterval(() => void look(false), everyMs);
  timer.unref();
  return {
    async look() {
      await looking;
      await look(true);
    },
    stop: () => clearInterval(timer),
  };
}
