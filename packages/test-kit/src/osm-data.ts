/** Plain, already resolved OpenStreetMap objects: what the writer takes and the generators build. */

export type OsmTags = Readonly<Record<string, string>>;

export interface OsmNode {
  readonly id: number;
  readonly lon: number;
  readonly lat: number;
  readonly tags?: OsmTags;
}

export interface OsmWay {
  readonly id: number;
  readonly nodes: readonly number[];
  readonly tags: OsmTags;
}

export type OsmMemberType = "node" | "way" | "relation";

export interface OsmMember {
  readonly type: OsmMemberType;
  readonly ref: number;
  readonly role: string;
}

export interface OsmRelation {
  readonly id: number;
  readonly members: readonly OsmMember[];
  readonly tags: OsmTags;
}

export interface OsmDataset {
  readonly nodes: readonly OsmNode[];
  readonly ways: readonly OsmWay[];
  readonly relations: readonly OsmRelation[];
  /** ISO 8601; becomes the replication timestamp of the file header. */
  readonly timestamp?: string;
}
