import type { Texts } from '../text/texts.ts';

type Named = { name: string };
export type Place = { cloudNode: Named; arch: string; poolClass: string };

/** Where a line stands: 省级政务云·x86·通用. */
export function placeText(texts: Texts, { cloudNode, arch, poolClass }: Place): string {
  return texts.dots([
    cloudNode.name,
    texts.word('architectures', arch),
    texts.word('poolClasses', poolClass),
  ]);
}

/** The same as the name of a pool; that a pool is general goes without saying: 省级政务云 x86. */
export function poolName(texts: Texts, { cloudNode, arch, poolClass }: Place): string {
  const kind = poolClass === 'general' ? [] : [texts.word('poolClasses', poolClass)];
  return [cloudNode.name, texts.word('architectures', arch), ...kind].join(' ');
}
