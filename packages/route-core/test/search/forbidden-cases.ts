import fc from "fast-check";

import { exactSearch } from "../../src/search/exact-search.ts";
import { NO_ARC } from "../../src/search/search-query.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { UNLIMITED } from "./results.ts";
import { graphOf, type NetworkLimits, type SmallCase, smallCase } from "./small-network.ts";

/** Arcs of a forbidden path. */
const FEWEST = 3;
const MOST = 5;

/**
 * Small cases with forbidden paths of three to five arcs that matter: each lies on a route that would
 * be among the best without it, so the last ones bar the ways round the first ones. They overlap, hold
 * one another, and may turn round. (Which route they are cut from is left to the search; what is legal
 * and best then is for the oracle to say.)
 */
export function forbiddenCase(
  shape: Partial<NetworkLimits>,
  maxPaths: number,
): fc.Arbitrary<SmallCase> {
  const cut = fc.record({ route: fc.nat(), from: fc.nat(), arcs: fc.nat(MOST - FEWEST) });
  const cuts = fc.array(cut, { minLength: 1, maxLength: maxPaths });
  return fc.tuple(smallCase(shape), cuts).map(([made, seeds]) => {
    const paths: number[][] = [];
    for (const { route, from, arcs } of seeds) {
      const network = { ...made.network, paths };
      const found = exactSearch(createSearchSpace(graphOf(network)), made.query, UNLIMITED).paths;
      const long = found
        .map((path) => [...path].filter((arc) => arc !== NO_ARC))
        .filter((path) => path.length >= FEWEST);
      const path = long[route % long.length];
      if (path === undefined) break;
      const length = Math.min(FEWEST + arcs, path.length);
      const first = from % (path.length - length + 1);
      paths.push(path.slice(first, first + length));
    }
    return { ...made, network: { ...made.network, paths } };
  });
}
