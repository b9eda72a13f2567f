import { sm3Hex } from '@yunheng/db/sm3';
import type { RequestContent } from '@yunheng/domain/quota/request';
import { canonicalJson } from '@yunheng/kernel/canonical';

/** What an approval covers: the same text for the same content on every machine (law A1). */
export const contentDigest = (content: RequestContent): string => sm3Hex(canonicalJson(content));
