/** Names that are no one's on the internet: RFC 6761 §6.2, RFC 6762 §3, RFC 8375 §3, ICANN's "internal". */
const PRIVATE_NAMES = /(?:^|\.)(?:test|local|home\.arpa|internal|lan)$/;

/**
 * RFC 1918 §3, link-local (RFC 3927 §2.1), unique local and link-local IPv6 addresses (RFC 4193 §3.1, RFC 4291 §2.5.6);
 * "this network" (RFC 1122 §3.2.1.3), shared and benchmarking addresses (RFC 6598 §7, RFC 2544 §C.2.2), IPv6 that stands
 * for IPv4 (RFC 4291 §2.5.5, RFC 6052 §2.1) and the unspecified address.
 */
const PRIVATE_ADDRESSES =
  /^(?:10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|169\.254\.\d+\.\d+|\[f[cd][0-9a-f]{2}:.*\]|\[fe[89ab][0-9a-f]:.*\]|0\.\d+\.\d+\.\d+|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d+\.\d+|198\.1[89]\.\d+\.\d+|\[::(?:ffff:.*)?\]|\[64:ff9b:.*\])$/i;

/** True for hosts that can only be reached on a network of one's own: private addresses, names of one label. */
export function isPrivateNetwork(host: string): boolean {
  const hostname = host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  return (
    PRIVATE_ADDRESSES.test(hostname) || PRIVATE_NAMES.test(hostname) || /^[a-z0-9][\w-]*$/.test(hostname)
  );
}
