import { PROVENANCE_CLASSES } from "@gradeway/model-assets";

import { caseScore, type JudgedCase } from "../case-score.ts";
import { type Gate, LEAST_SCORE } from "../gate.ts";

/** A row that answers rest on. */
export interface UsedFigure {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly validFrom: string;
  readonly validTo?: string | undefined;
  readonly source: string;
  readonly licence: string;
  readonly provenance: string;
}

/** The figures of a region that one day's answers need. */
export interface DatedFigures {
  /** ISO date of the answers. */
  readonly on: string;
  /** By id: all rows of the figure, and how old an open-ended one may be. */
  readonly figures: readonly {
    readonly id: string;
    readonly maxAgeDays: number;
    readonly rows: readonly UsedFigure[];
  }[];
}

const DAY_MS = 86_400_000;

/** The gate of figures: in force, not stale, and with an origin. */
export function freshnessScore(open: () => Promise<DatedFigures>): Gate {
  return {
    id: "price-freshness",
    subsystem: "prices",
    title: "figures in force, fresh, with an origin",
    rationale:
      "Every price, cost and factor must have a row that holds on the day of the region's figures, that " +
      "is not older than its kind may become, and that says where it comes from and under which licence. " +
      "The score is the share of good figures; with fewer than twenty, a single stale one is red.",
    threshold: LEAST_SCORE,
    async measure() {
      const { on, figures } = await open();
      const classes: Record<string, number> = {};
      let oldestDays = 0;
      const cases = figures.map(({ id, maxAgeDays, rows }): JudgedCase => {
        const group = "figures";
        const row = rows.find(
          ({ validFrom, validTo }) => validFrom <= on && on <= (validTo ?? "9999-12-31"),
        );
        if (row === undefined) return { group, failure: `${id} has no row that holds on ${on}` };
        const ageDays = Math.floor((Date.parse(on) - Date.parse(row.validFrom)) / DAY_MS);
        if (row.validTo === undefined) oldestDays = Math.max(oldestDays, ageDays);
        classes[row.provenance] = (classes[row.provenance] ?? 0) + 1;
        return { group, failure: faultOf(row, ageDays, maxAgeDays) };
      });
      return caseScore(cases, { on, oldestDays, ...classes });
    },
  };
}

function faultOf(row: UsedFigure, ageDays: number, maxAgeDays: number): string | undefined {
  const { id, validFrom, validTo, source, licence, provenance } = row;
  if (validTo === undefined && ageDays > maxAgeDays) {
    return `${id} is stale: of ${validFrom}, ${ageDays} days old; ${maxAgeDays} are allowed`;
  }
  if (source.trim() === "" || licence.trim() === "") return `${id} has no source or no licence`;
  const isKnown = PROVENANCE_CLASSES.some((each) => each === provenance);
  return isKnown ? undefined : `${id} is of class ${provenance}`;
}
