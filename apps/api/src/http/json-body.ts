import { ReasonError } from "@gradeway/reason-codes";

/** Largest request body that is read. */
export const BODY_LIMIT_BYTES = 64 * 1024;

/** JSON is UTF-8; a body that says otherwise would be read wrongly. */
const JSON_TYPE = /^application\/json\s*(?:;\s*charset=(?:utf-8|"utf-8")\s*)?$/i;

/**
 * Reads a request body as JSON without holding more than the limit in memory.
 *
 * @throws {ReasonError} media_type_unsupported, request_too_large, request_invalid,
 *   planner_stopped when the client leaves while it sends
 */
export async function readJsonBody(
  request: Request,
  limitBytes: number = BODY_LIMIT_BYTES,
): Promise<unknown> {
  requireJson(request.headers);
  const declared = Number(request.headers.get("content-length") ?? "0");
  if (declared > limitBytes) {
    throw tooLarge(limitBytes);
  }
  const text = await readText(request, limitBytes).catch((error: unknown) => {
    if (!request.signal.aborted) {
      throw error;
    }
    throw new ReasonError("planner_stopped", "The client left.", {}, { cause: error });
  });
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

function requireJson(headers: Headers): void {
  const type = headers.get("content-type") ?? "";
  if (!JSON_TYPE.test(type.trim())) {
    const given = type === "" ? "without a content-type" : `as "${type}"`;
    const message = `The body came ${given}; only application/json in UTF-8 is read.`;
    throw new ReasonError("media_type_unsupported", message, {});
  }
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding.trim().toLowerCase() !== "identity") {
    const message = `The body came with content-encoding "${encoding}"; send it as it is.`;
    throw new ReasonError("media_type_unsupported", message, {});
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
