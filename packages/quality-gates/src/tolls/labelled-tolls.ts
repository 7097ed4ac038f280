/** A passage of a toll facility whose price was published. */
export interface LabelledToll {
  readonly facility: string;
  readonly vehicle: string;
  /** ISO date. */
  readonly on: string;
  readonly currency: string;
  /** Account that pays; absent: none. */
  readonly account?: string;
  /** What is charged; null where there is no one price, which must not be guessed. */
  readonly amount: number | null;
}

/*
 * Copied from the operators' publications, apart from the tables that come with the product:
 * facility, vehicle, day, account, amount in the facility's currency; "-" where the price hangs on
 * the hour, the direction, the gates or the class.
 */
const PUBLISHED = `
  ad-envalira       van-3.5t   2023-07-01 none              13.10
  ad-envalira       rigid-18t  2023-07-01 none              15.00
  ad-envalira       artic-40t  2023-07-01 none              18.80
  ad-envalira       van-3.5t   2024-07-01 none              13.70
  ad-envalira       rigid-18t  2024-07-01 none              15.70
  ad-envalira       artic-40t  2024-07-01 none              19.60
  ad-envalira       van-3.5t   2025-12-31 none              13.90
  ad-envalira       rigid-18t  2025-12-31 none              15.90
  ad-envalira       artic-40t  2025-12-31 none              19.90
  ad-envalira       van-3.5t   2026-01-01 none              14.20
  ad-envalira       rigid-18t  2026-01-01 none              16.30
  ad-envalira       artic-40t  2026-01-01 none              20.30
  ad-envalira       artic-40t  2022-12-31 none              -
  gb-humber-bridge  artic-40t  2026-01-30 none              12.00
  gb-humber-bridge  artic-40t  2026-01-30 humber            10.80
  gb-humber-bridge  artic-40t  2026-01-31 none              15.00
  gb-humber-bridge  artic-40t  2026-01-31 humber            12.00
  gb-tyne-tunnels   artic-40t  2025-05-01 none              5.00
  gb-tyne-tunnels   artic-40t  2026-05-01 none              5.20
  gb-tyne-tunnels   artic-40t  2026-05-01 tt2               4.68
  gb-tyne-tunnels   van-3.5t   2026-05-01 none              2.60
  gb-mersey-gateway van-3.5t   2025-04-01 none              2.40
  gb-mersey-gateway rigid-7.5t 2025-04-01 none              7.20
  gb-mersey-gateway artic-40t  2025-04-01 none              9.60
  gb-mersey-gateway artic-40t  2025-04-01 merseyflow-video  9.10
  gb-mersey-tunnels van-3.5t   2024-04-01 none              2.10
  gb-mersey-tunnels rigid-18t  2024-04-01 none              4.20
  gb-mersey-tunnels rigid-26t  2024-04-01 none              6.30
  gb-mersey-tunnels artic-40t  2024-04-01 none              8.40
  gb-itchen-bridge  artic-40t  2024-02-10 none              40.00
  gb-itchen-bridge  van-3.5t   2024-02-10 none              1.40
  gb-severn         artic-40t  2018-12-17 none              0
  gb-dartford       artic-40t  2025-09-01 none              -
  gb-silvertown-blackwall van-3.5t 2025-04-07 none          -
  gb-tamar-bridge   rigid-18t  2025-05-12 none              -
  gb-m6-toll        artic-40t  2023-10-13 none              -
`;

/** Published prices of passages, and passages that have no one price. */
export const PUBLISHED_TOLLS: readonly LabelledToll[] = PUBLISHED.trim()
  .split("\n")
  .map((line): LabelledToll => {
    const [facility = "", vehicle = "", on = "", account = "", amount] = line.trim().split(/\s+/);
    return {
      facility,
      vehicle,
      on,
      currency: facility.startsWith("ad-") ? "EUR" : "GBP",
      ...(account === "none" ? {} : { account }),
      amount: amount === "-" ? null : Number(amount),
    };
  });
