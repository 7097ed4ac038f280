/** The layers of docs/architecture.md as rules. Imports go down only. */
const layers = [
  ["packages/reason-codes", "packages/pareto"],
  ["packages/terrain-tiles"],
  ["packages/route-core"],
  ["packages/model-assets"],
  ["packages/quality-gates"],
  ["apps/api", "apps/bench", "apps/cli"],
];

const upward = layers.flatMap((lower, level) => {
  const above = layers.slice(level + 1).flat();
  if (above.length === 0) return [];
  return {
    name: `layer-${level}-imports-down-only`,
    severity: "error",
    from: { path: `^(${lower.join("|")})/src/` },
    to: { path: `^(${above.join("|")})/` },
  };
});

const only = (name, owners, modules) => ({
  name,
  severity: "error",
  comment: `${modules.join(", ")} belongs to ${owners.join(", ")}`,
  from: { path: "^(packages|apps)/[^/]+/src/", pathNot: `^(${owners.join("|")})/` },
  to: { path: `node_modules/(${modules.join("|")})/` },
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...upward,
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "route-core-sees-terrain-through-a-port",
      severity: "error",
      from: { path: "^packages/route-core/src/" },
      to: { path: "^packages/terrain-tiles/" },
    },
    {
      name: "leaf",
      severity: "error",
      comment: "reason-codes and pareto import nothing",
      from: { path: "^packages/(reason-codes|pareto)/src/" },
      to: { pathNot: "^packages/(reason-codes|pareto)/src/" },
    },
    {
      name: "libraries-run-in-a-browser",
      severity: "error",
      comment: "only the OSM reader may use Node",
      from: { path: "^packages/(reason-codes|pareto|route-core)/src/", pathNot: "/osm/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "server-does-not-know-gates-or-tools",
      severity: "error",
      from: { path: "^apps/(api|cli)/src/" },
      to: { path: "^(packages/quality-gates|packages/test-kit|tools|apps/bench)/" },
    },
    {
      name: "test-kit-is-for-tests-and-tools",
      severity: "error",
      comment: "apps/bench is a tool: it imitates origins and their faults (docs/decisions/0016)",
      from: { path: "^(packages|apps)/[^/]+/src/", pathNot: "^(packages/test-kit|apps/bench)/" },
      to: { path: "^packages/test-kit/" },
    },
    {
      name: "production-does-not-import-tests",
      severity: "error",
      from: { path: "^(packages|apps|tools)/.*src/" },
      to: { path: "/test/" },
    },
    only("zod-in-assets-and-apps", ["packages/model-assets", "apps/[^/]+"], ["zod"]),
    only("hono-in-the-api", ["apps/api"], ["hono", "@hono", "piscina"]),
    only(
      "tiles-own-their-network",
      ["packages/terrain-tiles", "packages/test-kit"],
      ["geotiff", "p-retry", "opossum"],
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|out)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@gradeway/source", "import", "node", "default", "types"],
      extensions: [".ts", ".js", ".json", ".d.ts"],
    },
  },
};
