import { lookup } from "node:dns/promises";
import { isIP } from "node:net";

import { isReasonError } from "@gradeway/reason-codes";
import { Agent, fetch as undiciFetch } from "undici";

import { hostNotAllowed } from "../sources/allowed-hosts.ts";
import type { Fetch } from "../sources/fetch-tile.ts";
import { createAddressClassifier } from "./address-ranges.ts";
import {
  type AddressPolicy,
  type AllowLoopback,
  assertAddressAllowed,
  createCheckedLookup,
  type ResolveHost,
} from "./checked-lookup.ts";
import { createRedirectingFetch } from "./redirecting-fetch.ts";

/** Options of {@link createSafeFetch}. */
export interface SafeFetchOptions {
  /**
   * Hosts that may be asked: `example.org` that host on its standard port, `example.org:8443` that
   * host on another port, `.example.org` every host below it; an empty list allows nothing.
   */
  readonly allowedHosts: readonly string[];
  /** Looks up all addresses of a name. Default: the resolver of the platform. */
  readonly resolve?: ResolveHost;
  /**
   * Whether a listed host may be this machine, then also over plain http when it is named
   * `localhost` or by its address; `"named"`: only when it is named like that, whatever another
   * name resolves to. Default false.
   */
  readonly allowLoopback?: AllowLoopback;
}

/** A fetch that keeps connections open for the next request. */
export interface SafeFetch extends Fetch {
  /** Ends all connections, also those in use. */
  close(): Promise<void>;
}

/**
 * Creates a fetch that reaches listed hosts on the public internet only: by https, unless the host
 * is this machine and that is allowed. It serves GET and HEAD.
 *
 * The addresses of a name are checked inside the lookup of the connection itself, which therefore
 * goes to a checked address whatever a second lookup would say; the certificate and the `Host`
 * header stay those of the name. Up to three redirects are followed, and each hop is checked like
 * the first; with `redirect: "manual"` they are handed back, with `"error"` they fail. Proxies of
 * the environment are not used.
 *
 * The fetch rejects with a {@link ReasonError} `terrain_host_not_allowed` for a host, port, scheme
 * or address that may not be used, and else like the fetch of the platform.
 */
export function createSafeFetch(options: SafeFetchOptions): SafeFetch {
  const { allowedHosts, resolve = resolveWithPlatform, allowLoopback = false } = options;
  const policy: AddressPolicy = { classify: createAddressClassifier(), allowLoopback };
  const dispatcher = new Agent({ connect: { lookup: createCheckedLookup(resolve, policy) } });

  /** One request to a host that is listed, without redirects. */
  async function fetchHop(address: string, init: RequestInit): Promise<Response> {
    const method = (init.method ?? "GET").toUpperCase();
    if (method !== "GET" && method !== "HEAD") throw new TypeError(`${method} is not supported.`);
    const url = new URL(address);
    if (url.username !== "" || url.password !== "") {
      throw hostNotAllowed(url.host, "the address holds credentials");
    }
    const literal = url.hostname.replace(/^\[(.*)\]$/, "$1");
    // A socket does not look up what is an address already.
    if (isIP(literal) !== 0) assertAddressAllowed(url.host, literal, policy);
    try {
      const response: unknown = await undiciFetch(url, {
        method,
        headers: [...new Headers(init.headers)],
        signal: init.signal ?? null,
        redirect: "manual",
        dispatcher,
      });
      // The platform has its own copy of the same class, which differs in its declared types only.
      return response as Response;
    } catch (error) {
      throw refusalWithin(error, url.host) ?? error;
    }
  }

  const safeFetch = createRedirectingFetch(fetchHop, allowedHosts);
  return Object.assign(safeFetch, { close: () => dispatcher.destroy() });
}

async function resolveWithPlatform(hostname: string): ReturnType<ResolveHost> {
  return lookup(hostname, { all: true });
}

/** The refusal that a failed connection hides in its causes, with the port that was asked for. */
function refusalWithin(error: unknown, host: string): Error | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (isReasonError(current, "terrain_host_not_allowed")) {
      return current.details.host === host
        ? current
        : hostNotAllowed(host, "its address is not one that may be used");
    }
  }
  return undefined;
}
