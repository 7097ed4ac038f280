import { ReasonError } from "@gradeway/reason-codes";

/** Largest request body that is read. */
export const BODY_LIMIT_BYTES = 64 * 1024;

/**
 * Reads a request body as JSON without holding more than the limit in memory.
 *
 * @throws {ReasonError} request_too_large, request_invalid
 */
export async function readJsonBody(
  request: Request,
  limitBytes: number = BODY_LIMIT_BYTES,
): Promise<unknown> {
  const declared = Number(request.headers.get("content-length") ?? "0");
  if (declared > limitBytes) {
    throw tooLarge(limitBytes);
  }
  const text = await readText(request, limitBytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = text.trim() === "" ? "The body is empty." : "The body is not valid JSON.";
    throw new ReasonError(
      "request_invalid",
      message,
      { issues: [{ pointer: "", message }] },
      { cause: error },
    );
  }
}

async function readText(request: Request, limitBytes: number): Promise<string> {
  if (request.body === null) {
    return "";
  }
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  // Leaving the loop by an error cancels the stream, so the rest of the body is not read.
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) {
      throw tooLarge(limitBytes);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function tooLarge(limitBytes: number): ReasonError<"request_too_large"> {
  return new ReasonError("request_too_large", `The body is larger than ${limitBytes} bytes.`, {
    limitBytes,
  });
}
