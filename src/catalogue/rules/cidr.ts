import { isIPv4, isIPv6 } from "node:net";

/**
 * Whether an address range is wider than any single owner has: halves and quarters of the Internet open as much as all of it.
 * What is no range counts too.
 */
export const cidrOpen = (text: string): boolean => {
  const [address = "", bits, ...more] = text.trim().split("/");
  if (more.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return true;
  if (isIPv4(address)) return bits !== undefined && Number(bits) < 8;
  if (!isIPv6(address)) return true;
  return bits !== undefined && Number(bits) < 16 && !isUniqueLocal(address, Number(bits));
};

// fc00::/7, the private addresses of IPv6
const isUniqueLocal = (address: string, bits: number): boolean => bits >= 7 && /^f[cd][0-9a-f]{2}:/i.test(address);
