import type { ApiClient } from '@yunheng/server/demo/api-client';
import type { Detail } from '@yunheng/server/demo/once-types';
import { decide, openPapers, type Papers } from '../e2e/papers.ts';
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
  /** Could not be provisioned: somebody else's namespace has the name. */
  readonly failed: string;
  /** A decrease below what is in use. */
  readonly vacating: string;
}

const agree = { decision: 'approve', opinion: '同意，业务确有需要。' } as const;

/** A working day of one department and its neighbour, played through the public API. */
export async function playScene(province: Province): Promise<Scene> {
  const applicant = await province.signIn('rsj-applicant');
  const cast: Cast = {
    papers: await openPapers(applicant),
    head: await province.signIn('rsj-head'),
    operator: await province.signIn('operator'),
  };
  const fulfilled = await playDecided(cast);
  const waiting = await playWaiting(cast);
  await playNeighbour(province);
  const stuck = await playStuck(cast, province);
  // What runs in the system that is looked at.
  await province.outside.runPod('sheng', 'yh-rsj-jyfw-prod', 198);
  const draft = await cast.papers.draft({
    system: 'rcfw',
    amounts: { cpu: 128_000, memory: gib(512) },
    reason: '人才引进季扩容。',
  });
  const token = { name: '月度用量导出', scopes: ['read'], days: 90 };
  await applicant.call('POST', '/tokens', token);
  const { request } = await applicant.call<Detail>('GET', `/requests/${waiting}`);
  const { department, system } = request;
  return { department: department.id, system: system.id, fulfilled, waiting, draft, ...stuck };
}

interface Cast {
  readonly papers: Papers;
  readonly head: ApiClient;
  readonly operator: ApiClient;
}

/** One that goes all the way, one refused, one sent back. */
async function playDecided({ papers, head, operator }: Cast): Promise<string> {
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
  return fulfilled;
}

/** A change, a move and a release for the operator, and one that the head has not seen. */
async function playWaiting({ papers, head }: Cast): Promise<string> {
  const waiting = await papers.submit({
    kind: 'change',
    system: 'jyfw',
    environment: 'prod',
    allocationId: await papers.allocationOf('jyfw', 'prod'),
    amounts: { cpu: 384_000, memory: gib(1536), storage: gib(20_480) },
    reason: '秋季招聘月并发预计增长一半，9 月下旬至 11 月底，压测报告显示现有 256 核在 80% 以上。',
  });
  await decide(head, waiting, agree);
  const moved = await papers.submit({
    system: 'gsrd',
    environment: 'prod',
    arch: 'arm64',
    amounts: { cpu: 32_000, memory: gib(64), storage: gib(500) },
    reason: '工伤认定材料电子化，迁到 ARM 资源池。',
  });
  const released = await papers.submit({
    kind: 'release',
    system: 'ldgx',
    environment: 'prod',
    allocationId: await papers.allocationOf('ldgx', 'prod'),
    amounts: {},
    reason: '并入就业服务一体化平台，数据已迁移核对。',
  });
  for (const id of [moved, released]) await decide(head, id, agree);
  await papers.submit({ system: 'zyjn', amounts: { cpu: 24_000, memory: gib(48) } });
  return waiting;
}

/** One that cannot be made, and one that waits until the department uses less: both decided by everybody. */
async function playStuck(
  { papers, head, operator }: Cast,
  { outside }: Province,
): Promise<Pick<Scene, 'failed' | 'vacating'>> {
  await outside.createNamespace('sheng', 'yh-rsj-jgyxzs-prod');
  const failed = await papers.submit({
    system: 'jgyxzs',
    environment: 'prod',
    amounts: { cpu: 48_000, memory: gib(96), storage: gib(500) },
    reason: '技工院校秋季招生报名，8 月至 9 月访问集中。',
  });
  await outside.runPod('shi', 'yh-rsj-rsks-prod', 128);
  const vacating = await papers.submit({
    kind: 'change',
    system: 'rsks',
    node: 'gz',
    environment: 'prod',
    allocationId: await papers.allocationOf('rsks', 'prod'),
    amounts: { cpu: 96_000, memory: gib(384) },
    reason: '下半年考试集中报名已结束，退回一半额度。',
  });
  for (const id of [failed, vacating]) {
    await decide(head, id, agree);
    await decide(operator, id, agree);
  }
  return { failed, vacating };
}

/** The inbox of the operator is not that of one department. */
async function playNeighbour(province: Province): Promise<void> {
  const papers = await openPapers(await province.signIn('wjw-applicant'));
  const head = await province.signIn('wjw-head');
  const city = await papers.submit({
    system: 'fyjk',
    node: 'gz',
    environment: 'prod',
    amounts: { cpu: 96_000, memory: gib(384) },
    reason: '妇幼保健信息下沉到市级节点，靠近医疗机构。',
  });
  await decide(head, city, agree);
  const accelerated = await papers.submit({
    system: 'yxyxy',
    arch: 'arm64',
    poolClass: 'npu',
    environment: 'prod',
    amounts: { npu: 1 },
    reason: '影像辅助诊断推理，国产加速卡。',
  });
  await decide(head, accelerated, agree);
  const trial = await papers.submit({
    system: 'hlwyyj',
    node: 'wj',
    amounts: { cpu: 48_000, memory: gib(192), storage: gib(1000) },
    reason: '互联网医院监管联调环境，三个月。',
  });
  await decide(head, trial, agree);
}
