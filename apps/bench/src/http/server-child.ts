import { serve } from "@gradeway/api";

import { cpuMs } from "../cpu-time.ts";
import { openRegionApp, poolOf } from "../region-app.ts";

/*
 * A server over one region in a process of its own: `server-child.ts DIR THREADS`, forked. It tells its
 * address when it is ready, and its processor time whenever it is sent a message. It ends with its
 * parent.
 */
const [directory = "", threads = "1"] = process.argv.slice(2);
const { app } = await openRegionApp(directory, poolOf(Number(threads)));
const server = await serve({ app, port: 0 });
process.on("message", () => process.send?.({ cpuMs: cpuMs() }));
process.on("disconnect", () => process.exit(0));
process.send?.({ url: server.url });
