import type { LookupFunction } from "node:net";

import { ReasonError } from "@gradeway/reason-codes";

import { isLoopbackName } from "../sources/allowed-hosts.ts";
import type { AddressClass, ClassifyAddress } from "./address-ranges.ts";

/** One address of a name. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Looks up all addresses of a name. */
export type ResolveHost = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** Whether this machine may be reached: never, under any name, or under its own names only. */
export type AllowLoopback = boolean | "named";

/** Settings of {@link createCheckedLookup} and {@link assertAddressAllowed}. */
export interface AddressPolicy {
  readonly classify: ClassifyAddress;
  readonly allowLoopback: AllowLoopback;
}

/**
 * Creates the lookup function of a connection. Because the socket asks it for the address that it
 * then connects to, nothing can change between the check and the use: a name that is looked up
 * again, for another connection, is checked again.
 *
 * One forbidden address among several refuses the name, because the socket tries them in turn.
 */
export function createCheckedLookup(resolve: ResolveHost, policy: AddressPolicy): LookupFunction {
  return (hostname, options, callback) => {
    const answer = async (): Promise<readonly ResolvedAddress[]> => {
      const addresses = await resolve(hostname);
      const allowLoopback = policy.allowLoopback === true || isNamedLoopback(hostname, policy);
      for (const { address } of addresses) {
        assertAddressAllowed(hostname, address, { ...policy, allowLoopback });
      }
      const { family } = options;
      const wanted =
        family === 4 || family === "IPv4" ? 4 : family === 6 || family === "IPv6" ? 6 : 0;
      const usable = addresses.filter((entry) => wanted === 0 || entry.family === wanted);
      if (usable.length === 0) throw new Error(`The name ${hostname} has no address.`);
      return usable;
    };
    answer().then(
      (addresses) => {
        if (options.all === true) callback(null, [...addresses]);
        else callback(null, addresses[0]!.address, addresses[0]!.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), "", 0);
      },
    );
  };
}

/**
 * Checks that an address may be connected to. One that allows loopback by name is taken for a name
 * of this machine here.
 *
 * @param hostname - what the address stands for in the message: a name or the address itself
 * @throws {ReasonError} `terrain_host_not_allowed`
 */
export function assertAddressAllowed(
  hostname: string,
  address: string,
  { classify, allowLoopback }: AddressPolicy,
): void {
  const found = classify(address);
  if (found === "public" || (found === "loopback" && allowLoopback !== false)) return;
  throw new ReasonError(
    "terrain_host_not_allowed",
    `Elevation tiles may not be fetched from "${hostname}": ${WHY[found]}.`,
    { host: hostname },
  );
}

function isNamedLoopback(hostname: string, { allowLoopback }: AddressPolicy): boolean {
  return allowLoopback === "named" && isLoopbackName(hostname);
}

const WHY: Readonly<Record<Exclude<AddressClass, "public">, string>> = {
  loopback: "its address is this machine",
  other: "its address is not on the public internet",
};
