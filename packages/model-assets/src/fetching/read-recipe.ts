import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { type Issue, ReasonError } from "@gradeway/reason-codes";

import { parseJson, parseSchema } from "../schemas/parse-json.ts";
import { type RegionRecipe, regionRecipe } from "../schemas/region-recipe.ts";

/** The recipes that come with the package. From source, this file lies one folder deeper. */
const SHIPPED = new URL(
  import.meta.url.endsWith(".ts") ? "../../recipes/" : "../recipes/",
  import.meta.url,
);

/** Names of the recipes that come with the package. */
export async function shippedRecipes(): Promise<readonly string[]> {
  const files = await readdir(SHIPPED);
  return files
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .sort();
}

/**
 * Reads a recipe: one of the shipped ones by its name, or a file.
 *
 * @throws {ReasonError} request_invalid for a name that is neither, asset_invalid,
 *   asset_field_unknown
 */
export async function readRecipe(nameOrFile: string): Promise<RegionRecipe> {
  const known = await shippedRecipes();
  const file = known.includes(nameOrFile)
    ? fileURLToPath(new URL(`${nameOrFile}.json`, SHIPPED))
    : nameOrFile;
  const bytes = await readFile(file).catch((cause: unknown) => {
    const message = `There is no recipe "${nameOrFile}": neither a file nor one of ${known.join(", ")}.`;
    const issues: Issue[] = [{ pointer: "/recipe", message }];
    throw new ReasonError("request_invalid", message, { issues }, { cause });
  });
  return parseSchema("recipe", regionRecipe, parseJson("recipe", bytes));
}
