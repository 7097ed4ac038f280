import { readFile } from "node:fs/promises";

import { type Issue, ReasonError } from "@gradeway/reason-codes";

/** An object of a JSON document. */
type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the positions of a GeoJSON file in their order: Point, MultiPoint and LineString, also in
 * features and feature collections.
 *
 * @returns interleaved degrees
 * @throws {ReasonError} asset_missing when there is no such file, request_invalid when it is not
 *   GeoJSON of these kinds
 */
export async function readPointsFile(path: string): Promise<Float64Array> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new ReasonError(
      "asset_missing",
      `The file of points ${path} cannot be read.`,
      { asset: "points", path },
      { cause: error },
    );
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const problem = invalid("", "The file is not valid JSON.");
    problem.cause = error;
    throw problem;
  }
  const degrees: number[] = [];
  addDocument(json, "", degrees);
  return Float64Array.from(degrees);
}

function addDocument(json: unknown, pointer: string, degrees: number[]): void {
  const { type, features } = objectAt(json, pointer);
  if (type !== "FeatureCollection") {
    addFeatureOrGeometry(json, pointer, degrees);
    return;
  }
  for (const [index, feature] of listAt(features, `${pointer}/features`).entries()) {
    addFeatureOrGeometry(feature, `${pointer}/features/${index}`, degrees);
  }
}

function addFeatureOrGeometry(json: unknown, pointer: string, degrees: number[]): void {
  const { type, geometry } = objectAt(json, pointer);
  if (type === "Feature") addGeometry(geometry, `${pointer}/geometry`, degrees);
  else addGeometry(json, pointer, degrees);
}

function addGeometry(json: unknown, pointer: string, degrees: number[]): void {
  const { type, coordinates } = objectAt(json, pointer);
  const at = `${pointer}/coordinates`;
  if (type === "Point") {
    addPosition(coordinates, at, degrees);
    return;
  }
  if (type !== "MultiPoint" && type !== "LineString") {
    throw invalid(`${pointer}/type`, "Expected a Point, a MultiPoint or a LineString.");
  }
  for (const [index, position] of listAt(coordinates, at).entries()) {
    addPosition(position, `${at}/${index}`, degrees);
  }
}

function addPosition(json: unknown, pointer: string, degrees: number[]): void {
  const [lon, lat] = listAt(json, pointer);
  if (
    typeof lon !== "number" ||
    typeof lat !== "number" ||
    !(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)
  ) {
    throw invalid(pointer, "Expected [lon, lat] in degrees.");
  }
  degrees.push(lon, lat);
}

function objectAt(json: unknown, pointer: string): Json {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw invalid(pointer, "Expected a GeoJSON object.");
  }
  return json as Json;
}

function listAt(json: unknown, pointer: string): readonly unknown[] {
  if (!Array.isArray(json)) throw invalid(pointer, "Expected a list.");
  return json;
}

function invalid(pointer: string, message: string): ReasonError<"request_invalid"> {
  const issues: Issue[] = [{ pointer, message }];
  const text = pointer === "" ? message : `${pointer}: ${message}`;
  return new ReasonError("request_invalid", `The file of points: ${text}`, { issues });
}
