import { type BodyPiece, bytesOf } from "./body-piece.ts";

/** An answer that is written while its reader takes it. */
export interface ChunkedResponseOptions {
  /** Fires when the client leaves before the answer begins. */
  readonly client: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
  /** Pieces of the body; the signal fires when the client leaves at any time. */
  readonly produce: (signal: AbortSignal) => AsyncGenerator<BodyPiece>;
  /** Called at the beginning; what it returns is called once at the end, however that comes. */
  readonly hold: () => () => void;
}

/**
 * Answers with pieces of a body as its reader takes them: one that is slow slows the work down instead
 * of filling the memory. An error in the midst of it cuts the connection.
 */
export function chunkedResponse(options: ChunkedResponseOptions): Response {
  const { client, headers, produce, hold } = options;
  const left = new AbortController();
  const chunks = produce(AbortSignal.any([client, left.signal]));
  let release: (() => void) | undefined = hold();
  const end = (): void => {
    release?.();
    release = undefined;
  };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (!done) {
          controller.enqueue(bytesOf(value));
          return;
        }
        end();
        controller.close();
      } catch (error) {
        end();
        throw error;
      }
    },
    async cancel() {
      left.abort();
      try {
        await chunks.return(undefined);
      } finally {
        end();
      }
    },
  });
  return new Response(body, { headers });
}
