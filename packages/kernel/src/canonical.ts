/** JSON with sorted keys and no spaces: the bytes that digests cover. Undefined members are left out. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return Array.isArray(value) ? listText(value) : objectText(value);
}

const listText = (list: readonly unknown[]): string =>
  `[${list.map((member) => canonicalJson(member)).join(',')}]`;

function objectText(object: object): string {
  const members = object as Readonly<Record<string, unknown>>; // read by the names it has itself
  let text = '';
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}
