import type { Hono } from "hono";

import type { AppDeps, AppEnv } from "../app-deps.ts";
import { taggedResponse } from "../http/entity-tag.ts";
import { type PageFile, readPageFiles } from "../http/page-files.ts";
import { PAGE_CSP } from "../http/security-headers.ts";

/** The page and its files; nothing when no page was built. */
export function addPageRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  if (deps.page === undefined) {
    return;
  }
  for (const [address, file] of readPageFiles(deps.page)) {
    app.get(address, (context) => fileResponse(context.req.raw, file));
  }
}

function fileResponse(request: Request, file: PageFile): Response {
  return taggedResponse(request, file.body, {
    "content-type": file.contentType,
    "content-security-policy": PAGE_CSP,
  });
}
