import {
  LIMIT_COLUMNS,
  ROAD_CLASSES,
  type RoadClass,
  type RoadLimits,
  type WayFacts,
  type WayInventory,
} from "@gradeway/route-core";

/** Ways that are closer in length than this have not changed: the sums are of rounded coordinates. */
const SAME_LENGTH_M = 0.5;

/** Kilometres of one class of road. */
export interface ClassChange {
  readonly beforeKm: number;
  readonly afterKm: number;
  /** Of ways whose id is new. */
  readonly addedKm: number;
  /** Of ways whose id is gone. */
  readonly removedKm: number;
  /** Of ways that are in both and differ in class, length, speed, access, limits or toll. */
  readonly changedKm: number;
}

/** A figure of one OSM way in both regions; null where there is none. */
export interface WayChange {
  readonly wayId: number;
  readonly before: string | null;
  readonly after: string | null;
}

/** Ways in both regions whose figure differs, in order of their ids. */
export interface FigureChanges {
  readonly added: readonly WayChange[];
  readonly removed: readonly WayChange[];
  readonly changed: readonly WayChange[];
}

/** What changed on the roads; ways are told apart by their OSM id. */
export interface RoadsDiff {
  readonly waysBefore: number;
  readonly waysAfter: number;
  readonly waysAdded: number;
  readonly waysRemoved: number;
  readonly waysChanged: number;
  readonly byClass: Readonly<Partial<Record<RoadClass, ClassChange>>>;
  readonly reclassified: FigureChanges;
  readonly speeds: FigureChanges;
  readonly truckSpeeds: FigureChanges;
  /** What the law takes a way for, such as `urban single`. */
  readonly legalRoads: FigureChanges;
  readonly access: FigureChanges;
  readonly limits: Readonly<Record<keyof RoadLimits, FigureChanges>>;
  /** Toll roads, also those on ways that are new or gone. */
  readonly tolls: FigureChanges;
  /** Banned turns as `from>to` of way ids. */
  readonly restrictions: { readonly added: readonly string[]; readonly removed: readonly string[] };
}

/** Compares the roads of two graphs. */
export function diffRoads(before: WayInventory, after: WayInventory): RoadsDiff {
  const ids = [...new Set([...before.ways.keys(), ...after.ways.keys()])].sort((a, b) => a - b);
  const byClass = new Map<RoadClass, Record<keyof ClassChange, number>>();
  const add = (roadClass: RoadClass, column: keyof ClassChange, lengthM: number): void => {
    const none = { beforeKm: 0, afterKm: 0, addedKm: 0, removedKm: 0, changedKm: 0 };
    const row = byClass.get(roadClass) ?? none;
    row[column] += lengthM / 1000;
    byClass.set(roadClass, row);
  };
  const figures = createFigures();
  let waysAdded = 0;
  let waysRemoved = 0;
  let waysChanged = 0;
  for (const id of ids) {
    const old = before.ways.get(id);
    const now = after.ways.get(id);
    if (old !== undefined) add(old.roadClass, "beforeKm", old.lengthM);
    if (now !== undefined) add(now.roadClass, "afterKm", now.lengthM);
    figures.tolls.note(id, old?.toll ?? null, now?.toll ?? null);
    if (old === undefined) {
      waysAdded++;
      add(now!.roadClass, "addedKm", now!.lengthM);
    } else if (now === undefined) {
      waysRemoved++;
      add(old.roadClass, "removedKm", old.lengthM);
    } else {
      const hasChanged = compare(id, old, now, figures);
      if (!hasChanged) continue;
      waysChanged++;
      add(now.roadClass, "changedKm", now.lengthM);
    }
  }
  return {
    waysBefore: before.ways.size,
    waysAfter: after.ways.size,
    waysAdded,
    waysRemoved,
    waysChanged,
    byClass: Object.fromEntries(
      ROAD_CLASSES.filter((each) => byClass.has(each)).map((each) => [each, byClass.get(each)!]),
    ),
    reclassified: figures.classes.changes,
    speeds: figures.speeds.changes,
    truckSpeeds: figures.truckSpeeds.changes,
    legalRoads: figures.legalRoads.changes,
    access: figures.access.changes,
    limits: Object.fromEntries(
      LIMIT_COLUMNS.map((column) => [column, figures.limits[column].changes]),
    ) as unknown as RoadsDiff["limits"],
    tolls: figures.tolls.changes,
    restrictions: {
      added: [...after.bannedTurns.keys()].filter((turn) => !before.bannedTurns.has(turn)).sort(),
      removed: [...before.bannedTurns.keys()].filter((turn) => !after.bannedTurns.has(turn)).sort(),
    },
  };
}

/** Notes how a way differs; whether it does at all. */
function compare(id: number, old: WayFacts, now: WayFacts, figures: Figures): boolean {
  let hasChanged = Math.abs(old.lengthM - now.lengthM) > SAME_LENGTH_M || old.toll !== now.toll;
  const note = (list: FigureList, a: string | null, b: string | null): void => {
    if (list.note(id, a, b)) hasChanged = true;
  };
  note(figures.classes, old.roadClass, now.roadClass);
  note(figures.speeds, postedText(old.postedKmh), postedText(now.postedKmh));
  note(figures.truckSpeeds, postedText(old.postedTruckKmh), postedText(now.postedTruckKmh));
  note(figures.legalRoads, old.legalRoad, now.legalRoad);
  note(figures.access, old.access, now.access);
  for (const column of LIMIT_COLUMNS) {
    note(figures.limits[column], limitText(old, column), limitText(now, column));
  }
  return hasChanged;
}

interface Figures {
  readonly classes: FigureList;
  readonly speeds: FigureList;
  readonly truckSpeeds: FigureList;
  readonly legalRoads: FigureList;
  readonly access: FigureList;
  readonly tolls: FigureList;
  readonly limits: Readonly<Record<keyof RoadLimits, FigureList>>;
}

function createFigures(): Figures {
  return {
    classes: new FigureList(),
    speeds: new FigureList(),
    truckSpeeds: new FigureList(),
    legalRoads: new FigureList(),
    access: new FigureList(),
    tolls: new FigureList(),
    limits: Object.fromEntries(
      LIMIT_COLUMNS.map((column) => [column, new FigureList()]),
    ) as unknown as Figures["limits"],
  };
}

/** Collects the changes of one figure. */
class FigureList {
  readonly changes = {
    added: [] as WayChange[],
    removed: [] as WayChange[],
    changed: [] as WayChange[],
  };

  note(wayId: number, before: string | null, after: string | null): boolean {
    if (before === after) return false;
    const list = before === null ? "added" : after === null ? "removed" : "changed";
    this.changes[list].push({ wayId, before, after });
    return true;
  }
}

function postedText([low, high]: WayFacts["postedKmh"]): string | null {
  if (high === 0) return null;
  return low === high ? `${high} km/h` : `${low || "none"}/${high} km/h`;
}

function limitText({ limits }: WayFacts, column: keyof RoadLimits): string | null {
  const value = limits[column];
  if (!Number.isFinite(value)) return null;
  return `${Math.round(value * 100) / 100} ${column.endsWith("M") ? "m" : "t"}`;
}
