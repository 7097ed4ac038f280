import { loadRegion } from "@gradeway/model-assets";
import { decodeGraph } from "@gradeway/route-core";
import * as rc from "/work/gw-m1/packages/route-core/src/planner/route-planner.ts";
import { randomPairs } from "/work/gw-m1/apps/bench/src/random-pairs.ts";
import { createCosting } from "/work/gw-m1/packages/route-core/src/costing/costing.ts";
import { createEdgeLocator } from "/work/gw-m1/packages/route-core/src/snap/edge-locator.ts";
import { createCostingCache } from "/work/gw-m1/packages/route-core/src/planner/costing-cache.ts";
import { openHierarchy } from "/work/gw-m1/packages/route-core/src/planner/open-hierarchy.ts";
import { searchTrip } from "/work/gw-m1/packages/route-core/src/planner/search-trip.ts";
import { bestPath } from "/work/gw-m1/packages/route-core/src/search/best-path.ts";
import { partsOfPath, consumptionOf, coordinatesOf } from "/work/gw-m1/packages/route-core/src/planner/route-parts.ts";
import { EdgeCourses } from "/work/gw-m1/packages/route-core/src/planner/edge-courses.ts";
import { courseOfRoute } from "/work/gw-m1/packages/route-core/src/planner/course-of-route.ts";
import { bakedProfile } from "/work/gw-m1/packages/route-core/src/planner/baked-profile.ts";
import { createCourseDriver } from "/work/gw-m1/packages/route-core/src/evaluation/course-driver.ts";
import { evaluateCourse } from "/work/gw-m1/packages/route-core/src/evaluation/evaluate-course.ts";
const dir = process.argv[2]!; const n = Number(process.argv[3] ?? 200);
const W = (process.argv[4] ?? "1,0,0").split(",").map(Number);
const region = await loadRegion(dir);
const graph = decodeGraph(region.graph);
const hierarchy = openHierarchy(region.hierarchy!, region.graph);
const cache = createCostingCache(region, graph, hierarchy);
const locator = createEdgeLocator(graph);
const budget = { now: () => performance.now(), deadlineAtMs: Infinity, maxBytes: 1e9 };
const dev: number[][] = []; const rows: any[] = [];
let evalMs = 0, km = 0;
for (const pair of randomPairs(graph, n, 20260212)) {
  const prepared = cache.prepare({ ...pair } as any);
  const { costing, space } = prepared;
  try {
    const trip = searchTrip(locator, prepared, pair as any, budget as any, 0, (q: any) => ({ ...bestPath(space, q, W, budget as any, space.boundsFor(q, budget as any).bounds), epsilon: 0 }) as any, undefined as any);
    const parts = partsOfPath(costing, trip.origin, trip.destination, trip.result.paths[0]!);
    const searched = consumptionOf(costing, [parts]);
    const course = courseOfRoute(costing, parts, coordinatesOf(costing, new EdgeCourses(graph), parts), searched);
    const t0 = performance.now();
    const profile = bakedProfile(graph, parts);
    const { consumption } = evaluateCourse(course, createCourseDriver(costing.loaded), profile);
    evalMs += performance.now() - t0; km += searched.metres / 1000;
    const sc = [trip.result.costs[0]! / 100, searched.seconds];
    if (Math.abs(sc[0]! - sc[1]!) > 0.02 * trip.result.paths[0]!.length + 0.05) console.log("MISMATCH", sc, pair);
    const d = [consumption.seconds / searched.seconds - 1, consumption.grams / searched.grams - 1];
    dev.push(d); rows.push({ g: [Math.round(searched.grams), Math.round(consumption.grams)], v: (()=>{let a=0,b=0;for(let i=0;i<profile.elevationM.length-1;i++){const r=profile.elevationM[i+1]!-profile.elevationM[i]!; if(r>0)a+=r; else b-=r;} return [Math.round(a),Math.round(b)];})(), d, km: searched.metres / 1000, stops: course.stopAtM.length, stretches: course.stretchKmh.length, pair });
  } catch (e: any) { if (e.reasonCode === undefined) throw e; }
}
const stat = (k: number) => { const v = dev.map((d) => d[k]!); const mean = v.reduce((a, b) => a + b, 0) / v.length; const rms = Math.sqrt(v.reduce((a, b) => a + b * b, 0) / v.length); const abs = v.map(Math.abs).sort((a, b) => a - b); return `mean ${(100 * mean).toFixed(2)} rms ${(100 * rms).toFixed(2)} p95 ${(100 * abs[Math.ceil(0.95 * abs.length) - 1]!).toFixed(2)} worst ${(100 * abs.at(-1)!).toFixed(2)}`; };
console.log(dev.length, "time", stat(0)); console.log("fuel", stat(1)); console.log("ms per 100 km", (100 * evalMs / km).toFixed(2));
rows.sort((a, b) => Math.abs(b.d[1]) - Math.abs(a.d[1]));
const tot=(k:number)=>rows.reduce((a:number,r:any)=>a+r.g[k],0); console.log('total grams dev', (100*(tot(1)/tot(0)-1)).toFixed(2));
for (const r of rows.slice(0, 10)) console.log(r.g.join('>'), 'climb', r.v.join('/'), r.d.map((x: number) => (100 * x).toFixed(1)).join(" "), r.km.toFixed(1), r.stops, r.stretches, JSON.stringify(r.pair));
if (process.argv[5]) {
  const pair = JSON.parse(process.argv[5]);
  const prepared = cache.prepare({ ...pair } as any);
  const { costing, space } = prepared;
  const trip = searchTrip(locator, prepared, pair as any, budget as any, 0, (q: any) => ({ ...bestPath(space, q, W, budget as any, space.boundsFor(q, budget as any).bounds), epsilon: 0 }) as any, undefined as any);
  const parts = partsOfPath(costing, trip.origin, trip.destination, trip.result.paths[0]!);
  const { addSpeedChanges } = await import("/work/gw-m1/packages/route-core/src/costing/arc-speed-changes.ts");
  const { addArcControls } = await import("/work/gw-m1/packages/route-core/src/costing/arc-controls.ts");
  let at = 0;
  for (const p of parts) {
    const c = { seconds: 0, grams: 0 }; const k = { seconds: 0, grams: 0 };
    addSpeedChanges(costing, p.arc >> 1, (p.arc & 1) === 1, p.fromM, p.toM, c);
    addArcControls(costing, p.arc >> 1, (p.arc & 1) === 1, p.fromM, p.toM, k);
    const rows = (p.arc & 1) ? costing.spanRowBackward : costing.spanRowForward;
    const e = p.arc >> 1; const list = [];
    for (let s = graph.firstSpan[e]!; s < graph.firstSpan[e + 1]!; s++) list.push(rows[s]! / 2 + "@" + graph.spanEndM[s]!.toFixed(0));
    if (p.arc & 1) list.reverse();
    const [t, h] = (p.arc & 1) ? [graph.edgeHead[e]!, graph.edgeTail[e]!] : [graph.edgeTail[e]!, graph.edgeHead[e]!];
    console.log((at / 1000).toFixed(2), (p.toM - p.fromM).toFixed(0) + "m", "V", costing.through.row[t]! / 2, list.join(" "), "V", costing.through.row[h]! / 2, "chg g", c.grams.toFixed(1), "s", c.seconds.toFixed(1), "ctl g", k.grams.toFixed(1));
    at += p.toM - p.fromM;
  }
}
