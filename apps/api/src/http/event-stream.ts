import { type BodyPiece, bytesOf } from "./body-piece.ts";

/** Media type of one JSON document per line. */
export const NDJSON = "application/x-ndjson";

/** What a stream is made of. */
export interface EventStreamOptions {
  /** Fires when the client leaves before the answer begins. */
  readonly client: AbortSignal;
  /**
   * Sends events, each a JSON document in pieces without line breaks, until it resolves; its signal
   * fires when the client leaves at any time.
   */
  readonly produce: (
    send: (event: readonly BodyPiece[]) => void,
    signal: AbortSignal,
  ) => Promise<void>;
  /** The last event of a stream that fails after it has begun. */
  readonly describeError: (error: unknown) => object;
}

/**
 * Answers with one line of JSON per event as it comes. The answer begins with the first event; an error
 * before that is thrown, so that it can still have a status of its own.
 */
export async function eventStream(options: EventStreamOptions): Promise<Response> {
  const { client, produce, describeError } = options;
  const left = new AbortController();
  const begun = Promise.withResolvers<void>();
  let hasBegun = false;
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (event: readonly BodyPiece[]): void => {
        hasBegun = true;
        begun.resolve();
        if (left.signal.aborted) return;
        for (const piece of [...event, "\n"]) controller.enqueue(bytesOf(piece));
      };
      try {
        await produce(send, AbortSignal.any([client, left.signal]));
      } catch (error) {
        if (!hasBegun) {
          begun.reject(error);
          return;
        }
        send([JSON.stringify(describeError(error))]);
      }
      if (!left.signal.aborted) controller.close();
    },
    cancel: () => left.abort(),
  });
  await begun.promise;
  return new Response(body, {
    headers: { "content-type": NDJSON, "cache-control": "no-store" },
  });
}
