/** Tags of one element. */
export type OsmTags = ReadonlyMap<string, string>;

/** What the header block says. */
export interface OsmHeader {
  /** State of the data as ISO 8601 UTC, or null when the file does not say. */
  readonly timestamp: string | null;
  readonly writingProgram: string;
}

/** A member of a relation. */
export interface OsmMember {
  readonly type: "node" | "way" | "relation";
  readonly ref: number;
  readonly role: string;
}

/** Receives the elements of a file. What has no method is not decoded at all. */
export interface OsmVisitor {
  header?(header: OsmHeader): void;
  /** Coordinates in units of 1e-7 degrees. */
  node?(id: number, lonE7: number, latE7: number, tags: OsmTags): void;
  /** `refs` are node ids in order. */
  way?(id: number, tags: OsmTags, refs: readonly number[]): void;
  relation?(id: number, tags: OsmTags, members: readonly OsmMember[]): void;
  /** Called after each block with the number of bytes read so far. */
  progress?(bytesRead: number): void;
}
