const mapped = /^::ffff:(?<address>\d+\.\d+\.\d+\.\d+)$/iu;

/**
 * Whom an address belongs to, where that counts: an IPv4 address is one source, and of IPv6 everybody has a whole /64,
 * so that is one source too.
 */
export function sourceNetwork(source: string): string {
  const { address } = mapped.exec(source)?.groups ?? {};
  if (address !== undefined) return address;
  if (!source.includes(':')) return source;
  const [before = '', after] = source.split('::');
  const head = groupsOf(before);
  const tail = groupsOf(after ?? '');
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`;
}

const groupsOf = (part: string): string[] => part.split(':').filter((group) => group !== '');
