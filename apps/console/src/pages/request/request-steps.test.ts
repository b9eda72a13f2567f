import { dictionary as zh } from '@yunheng/messages/zh-cn';
import { describe, expect, test } from 'vitest';
import type { RequestDetail, StepView, TaskView } from '../../api/types.ts';
import { createTexts } from '../../text/texts.ts';
import { stepsOf } from './request-steps.ts';

const texts = createTexts('zh-CN', zh);
const at = (text: string) => Date.parse(`${text}+08:00`);
const now = at('2026-11-25T10:00');

const aStep = (over: Partial<StepView>): StepView => ({
  id: 'stp_1',
  seq: 1,
  code: 'head',
  roles: ['head'],
  state: 'waiting',
  startedAt: null,
  dueAt: null,
  workingDaysLeft: null,
  decidedBy: null,
  decidedAt: null,
  opinion: null,
  ...over,
});

type Shown = Pick<RequestDetail, 'steps'> & {
  request: Partial<RequestDetail['request']>;
  tasks?: readonly (Pick<TaskView, 'finishedAt'> & Partial<Pick<TaskView, 'kind'>>)[];
};
const shown = ({ request, steps, tasks }: Shown) =>
  stepsOf(
    {
      request: {
        kind: 'new',
        submittedAt: at('2026-11-25T09:00'),
        taskState: null,
        beyondCalendar: false,
        ...request,
      },
      steps,
      tasks: tasks ?? [],
    } as RequestDetail,
    texts,
    now,
  ).map(
    ({ title, note, progress }) => `${progress} ${title} ${typeof note === 'string' ? note : '—'}`,
  );

describe('the way of a request', () => {
  test('in review it shows who is next and how long they have', () => {
    const steps = [
      aStep({ state: 'approved', decidedAt: at('2026-11-25T09:30') }),
      aStep({
        code: 'operator',
        state: 'current',
        dueAt: at('2026-11-28T00:00'),
        workingDaysLeft: 2,
      }),
    ];
    expect(shown({ request: { state: 'in_review' }, steps })).toEqual([
      'done 提交 11-25 09:00',
      'done 部门负责人 同意·11-25 09:30',
      'now 技术审核 剩 2 个工作日·11-27',
      'ahead 开通 自动',
    ]);
  });

  test('a deadline that has passed is said as such', () => {
    const steps = [aStep({ state: 'current', dueAt: at('2026-11-25T00:00'), workingDaysLeft: -1 })];
    expect(shown({ request: { state: 'in_review' }, steps })[1]).toBe(
      'now 部门负责人 超期 1 个工作日·11-24',
    );
  });

  test('provisioning says what it waits for', () => {
    const request = { state: 'approved', taskState: 'waiting_cluster' } as const;
    expect(shown({ request, steps: [] })[1]).toBe('now 开通 等待集群');
  });

  test('the last step is called what the request is for', () => {
    const request = { state: 'approved', taskState: 'queued' } as const;
    const last = (kind: 'change' | 'release') =>
      shown({ request: { ...request, kind }, steps: [] })[1];
    expect(last('change')).toBe('now 变更 排队变更');
    expect(last('release')).toBe('now 释放 排队停用');
  });

  test('a deadline past the holiday calendar says that only weekdays were counted', () => {
    const steps = [aStep({ state: 'current', dueAt: at('2026-11-28T00:00'), workingDaysLeft: 2 })];
    const request = { state: 'in_review', beyondCalendar: true } as const;
    expect(shown({ request, steps })[1]).toBe(
      'now 部门负责人 剩 2 个工作日·11-27，超出已公布的放假安排，按周一至周五计',
    );
  });

  test('provisioning that failed says so, and one that is done says when', () => {
    expect(shown({ request: { state: 'failed' }, steps: [] })[1]).toBe('now 开通 失败');
    const tasks = [{ finishedAt: at('2026-11-25T09:50') }];
    expect(shown({ request: { state: 'fulfilled' }, steps: [], tasks })[1]).toBe(
      'done 开通 完成·11-25 09:50',
    );
  });

  test('a withdrawn request has no step under way', () => {
    const steps = [aStep({ state: 'current', dueAt: now })];
    expect(shown({ request: { state: 'withdrawn' }, steps })[1]).toMatch(/^ahead/u);
  });

  test('a draft has only begun', () => {
    const request = { state: 'draft', submittedAt: null } as const;
    expect(shown({ request, steps: [] })[0]).toBe('now 提交 —');
  });

  test('a release that was taken back ended with its namespace restored', () => {
    const tasks = [{ kind: 'restore', finishedAt: at('2026-11-26T15:00') }] as const;
    const steps = [aStep({ state: 'approved', decidedAt: at('2026-11-25T09:30') })];
    expect(shown({ request: { state: 'withdrawn' }, steps, tasks }).at(-1)).toBe(
      'done 恢复 完成·11-26 15:00',
    );
  });
});
