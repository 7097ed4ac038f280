import { BlockList, isIP } from "node:net";

/** What may be reached through an address. */
export type AddressClass = "public" | "loopback" | "other";

/** Tells classes of IP addresses apart. */
export type ClassifyAddress = (address: string) => AddressClass;

/**
 * Ranges of IPv4 that are not the public internet (IANA special-purpose registry), and one public
 * address at which a cloud serves the secrets of its machines.
 */
const SPECIAL_IPV4: readonly (readonly [address: string, prefix: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** Parts of the global unicast block 2000::/3 that are not the public internet, or lead into IPv4. */
const SPECIAL_IPV6: readonly (readonly [address: string, prefix: number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

/**
 * Creates a classifier of addresses. IPv6 is public in 2000::/3 only, so that private, link-local,
 * multicast, IPv4-mapped (::ffff:0:0/96) and NAT64 addresses are "other" without being listed.
 */
export function createAddressClassifier(): ClassifyAddress {
  const special4 = new BlockList();
  for (const [address, prefix] of SPECIAL_IPV4) special4.addSubnet(address, prefix, "ipv4");
  const special6 = new BlockList();
  for (const [address, prefix] of SPECIAL_IPV6) special6.addSubnet(address, prefix, "ipv6");
  const global6 = new BlockList();
  global6.addSubnet("2000::", 3, "ipv6");
  const loopback4 = new BlockList();
  loopback4.addSubnet("127.0.0.0", 8, "ipv4");
  const loopback6 = new BlockList();
  loopback6.addAddress("::1", "ipv6");

  return (address) => {
    // An address with a zone, such as fe80::1%eth0, is a link-local one.
    const family = address.includes("%") ? 0 : isIP(address);
    if (family === 4) {
      if (loopback4.check(address, "ipv4")) return "loopback";
      return special4.check(address, "ipv4") ? "other" : "public";
    }
    if (family === 6) {
      if (loopback6.check(address, "ipv6")) return "loopback";
      const isPublic = global6.check(address, "ipv6") && !special6.check(address, "ipv6");
      return isPublic ? "public" : "other";
    }
    return "other";
  };
}
