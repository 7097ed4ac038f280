import type { BodyPiece } from "../http/body-piece.ts";
import type { BatchSummary, PairResult } from "./plan-batch.ts";

/** A batch as one JSON document, piece by piece: all fronts at once may be more than memory holds. */
export async function* batchPieces(
  batch: AsyncGenerator<PairResult, BatchSummary>,
): AsyncGenerator<BodyPiece> {
  let separator = `{"results":[`;
  for (;;) {
    const { done, value } = await batch.next();
    if (done) {
      yield `],"summary":${JSON.stringify(value)}}\n`;
      return;
    }
    if (value.status === "ok") {
      const { answer, ...facts } = value;
      yield `${separator}${JSON.stringify(facts).slice(0, -1)},"answer":`;
      yield answer;
      yield "}";
    } else yield `${separator}${JSON.stringify(value)}`;
    separator = ",\n";
  }
}
