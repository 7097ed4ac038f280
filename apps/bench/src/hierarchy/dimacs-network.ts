import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

import { ArgumentError } from "../command-arguments.ts";
import type { MeasuredNetwork } from "./measured-network.ts";

/**
 * Reads a graph of the 9th DIMACS challenge from a folder with one gzipped file of distances
 * (`*-road-d.*.gr.gz`), one of times (`*-road-t.*.gr.gz`) and one of coordinates (`*.co.gz`). Of
 * parallel arcs the first is kept, as published fronts have it. Metrics: time, distance and 1 per arc.
 *
 * @throws {ArgumentError} when the files are not there or do not belong together
 */
export async function readDimacsNetwork(directory: string): Promise<MeasuredNetwork> {
  const names = await readdir(directory).catch(() => []);
  const open = async (pattern: RegExp): Promise<string> => {
    const name = names.find((one) => pattern.test(one));
    if (name === undefined)
      throw new ArgumentError(`--dimacs: no ${pattern.source} in ${directory}`);
    return (await promisify(gunzip)(await readFile(path.join(directory, name)))).toString("latin1");
  };
  const distances = arcLines(await open(/-d\..*\.gr\.gz$/));
  const times = arcLines(await open(/-t\..*\.gr\.gz$/));
  const places = numbersOf(await open(/\.co\.gz$/), "v", 3);
  const nodeCount = places.length / 3;
  if (times.length !== distances.length)
    throw new ArgumentError("--dimacs: the files do not match");
  const arcs = firstOfParallels(distances, nodeCount);
  const costs = new Int32Array(arcs.length * 3).fill(1);
  for (let arc = 0; arc < arcs.length; arc++) {
    costs[arc * 3] = times[arcs[arc]! * 3 + 2]!;
    costs[arc * 3 + 1] = distances[arcs[arc]! * 3 + 2]!;
  }
  return {
    name: path.basename(directory),
    shape: {
      nodeCount,
      tails: Int32Array.from(arcs, (line) => distances[line * 3]! - 1),
      heads: Int32Array.from(arcs, (line) => distances[line * 3 + 1]! - 1),
      ...positions(places, nodeCount),
    },
    metricNames: ["time", "distance", "hops"],
    costs,
    closed: new Uint8Array(arcs.length),
    nodes: Int32Array.from({ length: nodeCount }, (_, node) => node),
  };
}

/** Tail, head and weight per arc, nodes from 1. */
function arcLines(text: string): Int32Array {
  return numbersOf(text, "a", 3);
}

/** Numbers of the lines of one kind. */
function numbersOf(text: string, kind: string, perLine: number): Int32Array {
  const numbers: number[] = [];
  for (const line of text.split("\n")) {
    if (!line.startsWith(`${kind} `)) continue;
    const words = line.split(" ");
    for (let k = 1; k <= perLine; k++) numbers.push(Number(words[k]));
  }
  return Int32Array.from(numbers);
}

function firstOfParallels(arcs: Int32Array, nodeCount: number): Int32Array {
  const seen = new Set<number>();
  const kept: number[] = [];
  for (let line = 0; line * 3 < arcs.length; line++) {
    const pair = arcs[line * 3]! * (nodeCount + 1) + arcs[line * 3 + 1]!;
    if (seen.size === seen.add(pair).size) continue;
    kept.push(line);
  }
  return Int32Array.from(kept);
}

/** Coordinates are node, longitude and latitude in 1e-6 degrees. */
function positions(places: Int32Array, nodeCount: number): { x: Int32Array; y: Int32Array } {
  const x = new Int32Array(nodeCount);
  const y = new Int32Array(nodeCount);
  const middle = places[places.length - 1]! / 1e6;
  const eastScale = Math.cos((middle * Math.PI) / 180);
  for (let at = 0; at < places.length; at += 3) {
    x[places[at]! - 1] = Math.round(places[at + 1]! * eastScale);
    y[places[at]! - 1] = places[at + 2]!;
  }
  return { x, y };
}
