/*
 * Parameters: Gradeway freight model, section 3.6. Driveline and Willans figures are fits to VECTO
 * 3.3 runs published in romainsacchi/carculator_truck (BSD-3); drag and rolling resistance follow
 * VECTO's generic bodies. They are model parameters, not a manufacturer's data.
 */
const VEHICLE_MODEL = {
  source: "Gradeway freight model, vehicle parameters",
  section: "3.6",
  reference: "https://github.com/romainsacchi/carculator_truck",
  licence: "BSD-3-Clause",
  validFrom: "2026-01-01",
} as const;

/** Vehicles whose engine and driveline were fitted to VECTO runs of their class. */
export const FITTED = {
  ...VEHICLE_MODEL,
  provenance: "derived",
  note: "Engine and driveline fitted to VECTO 3.3 runs of the class; body from VECTO's generics.",
} as const;

/** Vehicles whose engine figures were scaled from those fits. */
export const SCALED = {
  ...VEHICLE_MODEL,
  provenance: "derived",
  note: "Engine and driveline scaled by displacement from fits to VECTO 3.3 runs of other classes.",
} as const;

/** The least validated class: set with a remembered consumption as the aim. */
export const BATTERY = {
  ...VEHICLE_MODEL,
  provenance: "assumed",
  note: "Tuned once towards a consumption that was remembered; about a quarter above a measured one.",
} as const;
