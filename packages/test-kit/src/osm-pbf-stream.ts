import type { OsmDataset } from "./osm-data.ts";
import { encodeDenseNodes, encodeHeader, encodeRelations, encodeWays } from "./osm-pbf-blocks.ts";
import { encodeFileBlock } from "./osm-pbf-writer.ts";
import type { BoundingBox } from "./web-mercator-tiles.ts";

/**
 * A `.osm.pbf` of any size, block by block, from pieces that are made one after another: nodes go out as
 * they come, ways and relations wait in their encoded form, as the file wants all nodes first. Each piece
 * is sorted by id and has larger ids than the pieces before it.
 */
export function* osmPbfBlocks(
  { bbox, timestamp }: { readonly bbox: BoundingBox; readonly timestamp: string },
  pieces: Iterable<OsmDataset>,
): Generator<Uint8Array> {
  const [west, south, east, north] = bbox;
  const corners = [
    { id: 1, lon: west, lat: south },
    { id: 2, lon: east, lat: north },
  ];
  const header = encodeHeader({ nodes: corners, ways: [], relations: [], timestamp });
  yield encodeFileBlock("OSMHeader", header, true);
  const ways: Uint8Array[] = [];
  const relations: Uint8Array[] = [];
  for (const piece of pieces) {
    yield encodeFileBlock("OSMData", encodeDenseNodes(piece.nodes), true);
    ways.push(encodeFileBlock("OSMData", encodeWays(piece.ways), true));
    if (piece.relations.length > 0) {
      relations.push(encodeFileBlock("OSMData", encodeRelations(piece.relations), true));
    }
  }
  yield* ways;
  yield* relations;
}
