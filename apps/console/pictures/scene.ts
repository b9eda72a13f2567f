import type { Detail } from '@yunheng/server/demo/once-types';
import { decide, openPapers } from '../e2e/papers.ts';
import type { Province } from '../e2e/province.ts';

const gib = (count: number) => count * 1024;

/** Where the pictures look. */
export interface Scene {
  readonly department: string;
  readonly system: string;
  /** Carried all the way. */
  readonly fulfilled: string;
  /** Waits for the operator. */
  readonly waiting: string;
  readonly draft: string;
}

/** A working day of one department, played through the public API. */
export async function playScene(province: Province): Promise<Scene> {
  const [applicant, head, operator, neighbour, neighbourHead] = await Promise.all(
    ['rsj-applicant', 'rsj-head', 'operator', 'wjw-applicant', 'wjw-head'].map((name) =>
      province.signIn(name),
    ),
  );
  if (!applicant || !head || !operator || !neighbour || !neighbourHead)
    throw new Error('the demo offers fewer people than the scene needs');
  const papers = await openPapers(applicant);
  const others = await openPapers(neighbour);
  const agree = { decision: 'approve', opinion: '同意，业务确有需要。' } as const;

  const fulfilled = await papers.submit({
    system: 'dzsbk',
    environment: 'prod',
    amounts: { cpu: 64_000, memory: gib(256), storage: gib(2000) },
    reason: '电子社保卡签发服务上云，承接全省持卡人线上业务，峰值约 3,000 次每秒。',
  });
  await decide(head, fulfilled, agree);
  await decide(operator, fulfilled, { ...agree, opinion: '容量充足，同意。' });

  const rejected = await papers.submit({ system: 'jgyxzs', amounts: { cpu: 512_000 } });
  await decide(head, rejected, {
    decision: 'reject',
    opinion: '招生季已过，规模与业务量不符，按实际并发重新测算。',
  });
  const returned = await papers.submit({
    system: 'qxxsjc',
    amounts: { cpu: 48_000, memory: gib(96) },
  });
  await decide(head, returned, { decision: 'return', opinion: '补充峰值时段的监测数据。' });

  const jyfw = await papers.allocationOf('jyfw', 'prod');
  const waiting = await papers.submit({
    kind: 'change',
    system: 'jyfw',
    environment: 'prod',
    allocationId: jyfw,
    amounts: { cpu: 384_000, memory: gib(1536), storage: gib(20_480) },
    reason: '秋季招聘月并发预计增长一半，9 月下旬至 11 月底，压测报告显示现有 256 核在 80% 以上。',
  });
  await decide(head, waiting, agree);
  const city = await others.submit({
    system: 'fyjk',
    node: 'gz',
    environment: 'prod',
    amounts: { cpu: 96_000, memory: gib(384) },
    reason: '妇幼保健信息下沉到市级节点，靠近医疗机构。',
  });
  await decide(neighbourHead, city, agree);
  const accelerated = await others.submit({
    system: 'yxyxy',
    arch: 'arm64',
    poolClass: 'npu',
    environment: 'prod',
    amounts: { npu: 1 },
    reason: '影像辅助诊断推理，国产加速卡。',
  });
  await decide(neighbourHead, accelerated, agree);

  await papers.submit({ system: 'zyjn', amounts: { cpu: 24_000, memory: gib(48) } });
  await papers.submit({
    system: 'gsrd',
    environment: 'prod',
    arch: 'arm64',
    amounts: { cpu: 32_000, memory: gib(64), storage: gib(500) },
    reason: '工伤认定材料电子化，迁到 ARM 资源池。',
  });
  const draft = await papers.draft({
    system: 'rcfw',
    amounts: { cpu: 128_000, memory: gib(512) },
    reason: '人才引进季扩容。',
  });
  await applicant.call('POST', '/tokens', {
    name: '月度用量导出',
    scopes: ['read'],
    days: 90,
  });
  const { request } = await applicant.call<Detail>('GET', `/requests/${waiting}`);
  return {
    department: request.department.id,
    system: request.system.id,
    fulfilled,
    waiting,
    draft,
  };
}
