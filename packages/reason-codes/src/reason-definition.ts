/** What is known about one reason code. */
export interface ReasonDefinition {
  /** Part of the system that gives the code. */
  readonly family:
    | "request"
    | "osm"
    | "terrain"
    | "graph"
    | "search"
    | "asset"
    | "vehicle"
    | "service";
  /** One line for people; becomes the `title` of a problem document. */
  readonly title: string;
  /** What the reader can do about it. */
  readonly remedy: string;
  /** True when the same request may succeed later without any change. */
  readonly retryable: boolean;
}
