import { type Capsule, type ReadCapsule, sha256Of } from "./capsule-file.ts";
import { differencesOf, stablePart } from "./stable-part.ts";

/** Most differing figures that are named. */
const MOST_NAMED = 10;

/** How a repetition compares with its capsule. */
export interface Comparison {
  /** What makes the two differ; none = they are the same. */
  readonly differences: readonly string[];
  /** What was not the same and need not be: it explains a difference. */
  readonly surroundings: readonly string[];
  readonly times: readonly {
    readonly name: string;
    readonly before: number;
    readonly now: number;
  }[];
}

/** Compares a capsule with a run of its command here and now. Times are told, and never judged. */
export function compareCapsules({ capsule, isIntact }: ReadCapsule, again: Capsule): Comparison {
  const surroundings = [
    changed("commit", capsule.environment.commit, again.environment.commit),
    changed("changes in the checkout", capsule.environment.modified, again.environment.modified),
    changed("Node", capsule.environment.node, again.environment.node),
    changed("lockfile", capsule.lockfileSha256, again.lockfileSha256),
    changed("processor", capsule.environment.cpu, again.environment.cpu),
  ].flat();
  const names = new Set([...Object.keys(capsule.assets), ...Object.keys(again.assets)]);
  const assets = [...names].flatMap((name) =>
    changed(name.replace(/Sha256$/, ""), capsule.assets[name] ?? null, again.assets[name] ?? null),
  );
  const results = differencesOf(stablePart(capsule.report), stablePart(again.report), MOST_NAMED);
  const isSealed = sealHolds(capsule) && isIntact;
  return {
    differences: [
      ...(isSealed ? [] : ["the capsule was changed after it was made: its hashes do not fit"]),
      ...assets.map((text) => `asset ${text}`),
      ...results.map((text) => `result ${text}`),
    ],
    surroundings,
    times: again.times.map(({ name, kernels }) => ({
      name,
      before: capsule.times.find((time) => time.name === name)?.kernels ?? Number.NaN,
      now: kernels,
    })),
  };
}

function sealHolds({ report, resultSha256 }: Capsule): boolean {
  return sha256Of(stablePart(report)) === resultSha256;
}

function changed(name: string, before: unknown, now: unknown): string[] {
  return before === now ? [] : [`${name}: ${String(before)}, now ${String(now)}`];
}
